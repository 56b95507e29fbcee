package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignatureIdTest {
  @Test
  @DisplayName("A blank signature ID is refused")
  void refusesBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SignatureId(" ")).withMessageContaining("blank");
  }

  @Test
  @DisplayName("An ID is the version and the first 80 bits of the hash in lower-case base32")
  void encodesTheFirstEightyBits() throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest("abc".getBytes(StandardCharsets.UTF_8));

    // Python 3: base64.b32encode(hashlib.sha256(b"abc").digest()[:10]).lower()
    assertThat(SignatureId.ofHash(hash)).hasToString("s1-xj4bnp4pahh6uqkb");
  }
}
