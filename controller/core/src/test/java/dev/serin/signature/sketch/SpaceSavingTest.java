package dev.serin.signature.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.sketch.SpaceSaving.Entry;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {

  private final SpaceSaving top = new SpaceSaving();

  @Test
  @DisplayName("Up to sixteen values are counted exactly, the most frequent first")
  void countsExactly() {
    LongStream.rangeClosed(1, 16).forEach(value -> LongStream.range(0, value).forEach(_ -> top.add(value)));

    assertThat(top.top()).isEqualTo(LongStream.rangeClosed(1, 16).mapToObj(i -> new Entry(17 - i, 17 - i, 0)).toList());
  }

  @Test
  @DisplayName("One more value takes the place of the least frequent, whose count is its error, and counts on from there")
  void replacesTheLeast() {
    LongStream.rangeClosed(1, 16).forEach(value -> LongStream.range(-1, value).forEach(_ -> top.add(value)));
    top.add(99);
    top.add(99);

    assertThat(top.top()).hasSize(16).contains(new Entry(99, 4, 2), new Entry(2, 3, 0))
        .noneMatch(entry -> entry.value() == 1);
  }
}
