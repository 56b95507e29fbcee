package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignatureIdTest {
  /// Hello **markdown**
  @Test
  @DisplayName("A blank signature ID is refused")
  void refusesBlank() {
    var x = switch (new SignatureId("a")) {
      case SignatureId(var _) -> 1;
    };
    assertThat(x).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new SignatureId(" ")).withMessageContaining("blank")
        .withMessageContaining("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  }
}
