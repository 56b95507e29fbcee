package dev.serin.signature.tenant;

/// A tenant, known by a keyed hash of its name only.
///
/// @param hash
///          first 64 bits of the name's HMAC-SHA256
public record Tenant(long hash) implements Comparable<Tenant> {

  private static final int SHOWN_BITS = 24;

  @Override
  public int compareTo(Tenant other) {
    return Long.compareUnsigned(hash, other.hash);
  }

  /// All of the hash, as 16 hexadecimal digits.
  public String text() {
    return "%016x".formatted(hash);
  }

  /// As displays show it: `t-3fa9c1`.
  @Override
  public String toString() {
    return "t-%06x".formatted(hash >>> (Long.SIZE - SHOWN_BITS));
  }
}
