package dev.serin.signature.tenant;

import dev.serin.signature.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Hides the names of tenants: HMAC-SHA256 (RFC 2104), of which the first 64 bits count.
///
/// Without the key nobody can try names. Equality is identity: the key is in no text.
public final class TenantKey {

  // javax.crypto is no part of what the core may use, and the construction is two digests.

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5C;
  private static final int ID_DIGITS = 8;

  private final byte[] inner;
  private final byte[] outer;

  /// @param key
  ///          at least 16 bytes
  public TenantKey(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("a tenant key has at least 16 bytes, had " + key.length);
    }
    byte[] block = Arrays.copyOf(key.length > BLOCK ? Sha256.of(key) : key, BLOCK);
    inner = block.clone();
    outer = block.clone();
    for (int i = 0; i < BLOCK; i++) {
      inner[i] ^= INNER;
      outer[i] ^= OUTER;
    }
  }

  /// The tenant of this name.
  public Tenant tenant(String name) {
    return new Tenant(hash(name.getBytes(StandardCharsets.UTF_8)));
  }

  /// Tells keys apart without telling the key: 8 hexadecimal digits. Hashes of one key mean nothing under another.
  public String id() {
    // No name of a tenant holds this character.
    return "%016x".formatted(hash("\0key".getBytes(StandardCharsets.UTF_8))).substring(0, ID_DIGITS);
  }

  private long hash(byte[] text) {
    return ByteBuffer.wrap(Sha256.of(outer, Sha256.of(inner, text))).getLong();
  }
}
