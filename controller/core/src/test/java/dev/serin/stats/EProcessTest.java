package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EProcessTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final TwoArmCounts QUIET = new TwoArmCounts(0, 0, 600, 11_400);
  private static final TwoArmCounts BAD = new TwoArmCounts(2, 1, 600, 11_400);
  private static final TwoArmCounts GOOD = new TwoArmCounts(0, 12, 600, 11_400);

  @Test
  @DisplayName("Without events the evidence stays 1, for any number of windows")
  void silenceSaysNothing() {
    var grid = RatioGrid.uniform(1);
    var process = EProcess.silent(0);
    for (int t = 1; t <= 1000; t++) {
      process = process.after(grid, QUIET, 1, ONSET.logWeight(t));
      assertThat(process.logE(grid, ONSET.remaining(t))).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  @DisplayName("A signature discovered late starts as if it had been tracked in silence from the first window")
  void lateDiscovery() {
    var grid = RatioGrid.novel(1);
    var always = EProcess.silent(0);
    for (int t = 1; t <= 300; t++) {
      always = always.after(grid, QUIET, 1, ONSET.logWeight(t));
    }
    var late = EProcess.silent(1 - ONSET.remaining(300));

    var one = always.after(grid, BAD, 1, ONSET.logWeight(301)).logE(grid, ONSET.remaining(301));
    var other = late.after(grid, BAD, 1, ONSET.logWeight(301)).logE(grid, ONSET.remaining(301));
    assertThat(other).isCloseTo(one, within(1e-10));
  }

  @Test
  @DisplayName("A fault after ten good hours is found about as fast as one from the start")
  void lateOnset() {
    int early = windowsUntilFound(0);
    int late = windowsUntilFound(3600);
    assertThat(early).isBetween(2, 20);
    assertThat(late).isLessThan(3 * early);
  }

  private static int windowsUntilFound(int goodWindows) {
    var grid = RatioGrid.uniform(1);
    var process = EProcess.silent(0);
    int t = 0;
    while (t < goodWindows) {
      t++;
      process = process.after(grid, GOOD, 1, ONSET.logWeight(t));
    }
    while (process.logE(grid, ONSET.remaining(Math.max(t, 1))) < StrictMath.log(100)) {
      t++;
      process = process.after(grid, BAD, 1, ONSET.logWeight(t));
    }
    return t - goodWindows;
  }

  @Test
  @DisplayName("State survives writing and reading, bit for bit")
  void roundTrip() {
    var grid = RatioGrid.uniform(1.2);
    var process = EProcess.silent(0).after(grid, BAD, 0.5, ONSET.logWeight(1));
    var bytes = ByteBuffer.allocate(EProcess.BYTES);
    process.write(bytes);
    var again = ByteBuffer.allocate(EProcess.BYTES);
    EProcess.read(bytes.flip()).write(again);

    assertThat(again.array()).isEqualTo(bytes.array());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  @DisplayName("A state that no window leads to is refused")
  void refusesImpossibleState(double number) {
    var bytes = ByteBuffer.allocate(EProcess.BYTES);
    bytes.putDouble(8, number);
    assertThatIllegalArgumentException().isThrownBy(() -> EProcess.read(bytes)).withMessageContaining("finite number");
  }

  @Test
  @DisplayName("Only ratios above the margin are used, and their weights sum to 1")
  void margin() {
    for (var grid : new RatioGrid[]{RatioGrid.uniform(1), RatioGrid.uniform(3), RatioGrid.novel(1),
        RatioGrid.novel(100)}) {
      double sum = 0;
      for (int i = 0; i < RatioGrid.SIZE; i++) {
        sum += StrictMath.exp(grid.logWeight(i));
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
    assertThat(RatioGrid.uniform(3).logWeight(3)).as("ratio 3").isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(RatioGrid.uniform(3).logWeight(4)).as("ratio 4").isCloseTo(-StrictMath.log(8), within(1e-12));
    assertThat(RatioGrid.novel(1).logWeight(11)).as("ratio 256").isCloseTo(-StrictMath.log(2), within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> RatioGrid.uniform(0.9)).withMessageContaining("0.9");
    assertThatIllegalArgumentException().isThrownBy(() -> RatioGrid.uniform(256)).withMessageContaining("256");
  }

  @Test
  @DisplayName("A rate inside the margin gives no evidence, one outside does")
  void toleratedIncrease() {
    var counts = new TwoArmCounts(30, 100, 1000, 10_000);
    assertThat(after(RatioGrid.uniform(1), counts)).isPositive();
    assertThat(after(RatioGrid.uniform(4), counts)).isNegative();
  }

  private static double after(RatioGrid grid, TwoArmCounts counts) {
    return EProcess.silent(0).after(grid, counts, 1, ONSET.logWeight(1)).logEFromStart(grid);
  }

  @Test
  @DisplayName("Impossible counts are refused with the offending numbers")
  void refusesCounts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(-1, 0, 1, 1)).withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, 0, 0, 1)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, 0, 1, Double.NaN))
        .withMessageContaining("NaN");
  }
}
