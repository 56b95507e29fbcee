package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.SignatureId;
import dev.serin.signature.sketch.SpaceSaving;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnerCountsTest {

  @Test
  @DisplayName("The longer prefix of a stream wins, and equal ones are one")
  void longerWins() {
    assertThat(counts(3, 1).merge(counts(4, 2))).isEqualTo(counts(4, 2));
    assertThat(counts(4, 2).merge(counts(3, 1))).isEqualTo(counts(4, 2));
    assertThat(counts(4, 2).merge(counts(4, 2))).isEqualTo(counts(4, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> counts(4, 2).merge(counts(4, 1)))
        .withMessage("two different counts at position 4");
  }

  @Test
  @DisplayName("Other counts change nothing but the counts")
  void takesCounts() {
    assertThat(counts(4, 2).withCounts(new TreeMap<>(Map.of(new SignatureId("a"), 5L)))).isEqualTo(counts(4, 5));
  }

  private static OwnerCounts counts(long position, long count) {
    return new OwnerCounts(position, new OwnerCounts.Cursor(7, 1, 9), List.of(new OwnerCounts.Gap(1, 2)),
        new TreeMap<>(Map.of(new SignatureId("a"), count)), List.of(new SpaceSaving.Entry(1, 2, 0)));
  }
}
