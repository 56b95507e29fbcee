package dev.serin.signature;

/// The stable name of a signature: equal in every process, arm and release (`s1-` and 16 base32 characters).
///
/// @param value
///          the text, never blank
public record SignatureId(String value) implements Comparable<SignatureId> {

  /// Version of the whole algorithm: rules, lists and hash. Any change of them is a new version.
  static final String VERSION = "s1";

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 16;
  private static final int BITS = 5;

  public SignatureId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("signature ID must not be blank");
    }
  }

  /// Takes the first 80 bits of a hash of at least 11 bytes.
  static SignatureId ofHash(byte[] hash) {
    var text = new StringBuilder(VERSION).append('-');
    for (int i = 0; i < CHARACTERS; i++) {
      int bit = i * BITS;
      int pair = ((hash[bit / 8] & 0xFF) << 8) | (hash[bit / 8 + 1] & 0xFF);
      text.append(BASE32.charAt((pair >> (16 - BITS - bit % 8)) & 31));
    }
    return new SignatureId(text.toString());
  }

  @Override
  public int compareTo(SignatureId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
