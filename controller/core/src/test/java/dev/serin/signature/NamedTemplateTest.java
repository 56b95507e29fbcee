package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.text.WildcardTemplate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NamedTemplateTest {

  @Test
  @DisplayName("A signature of the user has a name")
  void refusesBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NamedTemplate(" ", WildcardTemplate.parse("lost *")))
        .withMessage("name of a signature must not be blank");
  }

  @Test
  @DisplayName("A template matches what was logged, or its canonical form, and no other text")
  void matchesEither() {
    var logged = new NamedTemplate("lost", WildcardTemplate.parse("lost 7 of 9"));
    var shown = new NamedTemplate("lost", WildcardTemplate.parse("lost <*> of <*> , sorry"));

    assertThat(logged.matches("lost 7 of 9")).isTrue();
    assertThat(shown.matches("lost 7 of 9, sorry")).isTrue();
    assertThat(logged.matches("lost 8 of 9")).isFalse();
    assertThat(shown.matches("found 7 of 9, sorry")).isFalse();
  }
}
