package dev.serin.judge.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest behind configuration hashes and checksums.
public final class Sha256 {

  private Sha256() {}

  /// Digest of the first `length` bytes: 32 bytes.
  public static byte[] of(byte[] bytes, int length) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
