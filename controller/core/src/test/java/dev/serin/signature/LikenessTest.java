package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

  @ParameterizedTest
  @DisplayName("Likeness is the share of words in common, without case, signs and variables; it needs two common words")
  @CsvSource(delimiter = '|', value = {"order not found | order not found | 1",
      "order not found | Order: NOT <*> found! | 1",
      "order not found | order not sent | 0.5", "a b c d | a b c e | 0.6", "order found | order lost | 0",
      "order | order | 0",
      "<*> | <*> | 0", "größe 7 | Größe: 7 | 1"})
  void compares(String one, String other, double likeness) {
    assertThat(Likeness.of(one, other)).isEqualTo(likeness);
    assertThat(Likeness.of(other, one)).isEqualTo(likeness);
  }

  @Test
  @DisplayName("Texts with exactly half of their words in common are not alike")
  void needsMoreThanHalf() {
    assertThat(Likeness.alike("order not found", "order not sent")).isFalse();
    assertThat(Likeness.alike("a b c d", "a b c e")).isTrue();
  }
}
