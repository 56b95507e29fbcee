package dev.serin.signature;

/// The stable name of a signature: equal in every process, arm and release (`s1-` and 16 base32 characters).
///
/// @param value
///          the text, never blank
public record SignatureId(String value) implements Comparable<SignatureId> {

  public SignatureId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("signature ID must not be blank");
    }
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
