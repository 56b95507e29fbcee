package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignatureIdTest {

  @Test
  @DisplayName("A blank signature ID is refused")
  void refusesBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SignatureId(" ")).withMessageContaining("blank");
  }
}
