package dev.serin.signature.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {

  @ParameterizedTest
  @DisplayName("SipHash-2-4 gives the published values, for every length of the last block")
  // The test vectors of the SipHash paper's reference code: key 00 01 .. 0f, input 00 01 .. (length - 1).
  @CsvSource({"0, 726fdb47dd0e0e31", "1, 74f839c593dc67fd", "7, ab0200f58b01d137", "8, 93f5f5799a932462",
      "15, a129ca6149be45e5"})
  void hashesAsPublished(int length, String expected) {
    byte[] input = new byte[length + 3];
    for (int i = 0; i < length; i++) {
      input[i + 2] = (byte) i;
    }
    var hash = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L, 2);

    assertThat(Long.toHexString(hash.hash(input, 2, 2 + length))).isEqualTo(expected);
  }

  @Test
  @DisplayName("The key decides the hash, and a hash has one or two rounds")
  void isKeyed() {
    byte[] input = {1, 2, 3};

    assertThat(SipHash.fast(1, 2).hash(input, 0, 3)).isEqualTo(SipHash.fast(1, 2).hash(input, 0, 3))
        .isNotEqualTo(SipHash.fast(1, 3).hash(input, 0, 3)).isNotEqualTo(SipHash.fast(2, 2).hash(input, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new SipHash(1, 2, 3))
        .withMessage("SipHash has 1 or 2 rounds, not 3");
  }

  @ParameterizedTest
  @DisplayName("The sketch estimates how many values it saw, within four standard errors")
  @ValueSource(ints = {0, 1, 10, 100, 1_000, 100_000})
  void estimates(int values) {
    var random = new Random(values);
    var sketch = HyperLogLog.EMPTY;
    for (int i = 0; i < values; i++) {
      long value = random.nextLong();
      sketch = sketch.with(value).with(value);
    }

    assertThat((double) sketch.estimate()).isCloseTo(values, within(0.26 * values));
  }

  @Test
  @DisplayName("Sketches merge like sets: in any order, and twice is once")
  void merges() {
    var random = new Random(7);
    for (int i = 0; i < 50; i++) {
      var a = sketch(random);
      var b = sketch(random);
      var c = sketch(random);

      assertThat(a.merge(b)).isEqualTo(b.merge(a));
      assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
      assertThat(a.merge(a)).isEqualTo(a).isEqualTo(a.merge(HyperLogLog.EMPTY));
    }
    assertThat(HyperLogLog.EMPTY.with(0).sparse()).isEqualTo("0039");
    assertThatIllegalArgumentException().isThrownBy(() -> new HyperLogLog("00"));
  }

  @Test
  @DisplayName("A value that makes up a tenth of the stream is among the top, counted too high by its error at most")
  void findsFrequentValues() {
    var random = new Random(11);
    var top = new SpaceSaving();
    for (int i = 0; i < 10_000; i++) {
      top.add(i % 10 == 0 ? 42 : random.nextInt(5_000) + 100);
    }

    var first = top.top().getFirst();
    assertThat(first.value()).isEqualTo(42);
    assertThat(first.count() - first.error()).isLessThanOrEqualTo(1_000);
    assertThat(first.count()).isGreaterThanOrEqualTo(1_000);
    assertThat(top.top()).hasSize(16);
    assertThat(SpaceSaving.of(top.top()).top()).isEqualTo(top.top());
  }

  private static HyperLogLog sketch(Random random) {
    var sketch = HyperLogLog.EMPTY;
    for (int i = random.nextInt(40); i > 0; i--) {
      sketch = sketch.with(random.nextLong());
    }
    return sketch;
  }
}
