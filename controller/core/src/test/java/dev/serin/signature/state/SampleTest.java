package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static final Sample ONE = new Sample(1, "b");
  private static final Sample TWO = new Sample(2, "a");
  private static final Sample THREE = new Sample(3, "c");
  private static final Sample FOUR = new Sample(4, "d");

  @Test
  @DisplayName("The three samples with the smallest hashes are kept, each once, smallest first")
  void keepsTheSmallest() {
    assertThat(Sample.merge(List.of(FOUR, TWO), List.of(THREE, ONE, TWO))).containsExactly(ONE, TWO, THREE);
    assertThat(Sample.merge(List.of(TWO), List.of())).containsExactly(TWO);
  }

  @Test
  @DisplayName("Of samples with one hash the smaller text comes first")
  void ordersTexts() {
    assertThat(Sample.merge(List.of(new Sample(1, "z")), List.of(ONE, new Sample(1, "c"))))
        .extracting(Sample::text).containsExactly("b", "c", "z");
    assertThat(ONE).isLessThan(TWO).isEqualByComparingTo(new Sample(1, "b"));
  }

  @Test
  @DisplayName("Beside three samples only a hash that is not above all of theirs can be kept, beside fewer any")
  void tellsWhatIsKept() {
    var three = List.of(ONE, TWO, THREE);

    assertThat(Sample.isKept(3, three)).isTrue();
    assertThat(Sample.isKept(4, three)).isFalse();
    assertThat(Sample.isKept(4, List.of(ONE, TWO))).isTrue();
  }
}
