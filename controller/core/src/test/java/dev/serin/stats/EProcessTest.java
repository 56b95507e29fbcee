package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EProcessTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final TwoArmCounts QUIET = new TwoArmCounts(0, 0, 600, 11_400);
  private static final TwoArmCounts BAD = new TwoArmCounts(2, 1, 600, 11_400);
  private static final TwoArmCounts GOOD = new TwoArmCounts(0, 12, 600, 11_400);

  private static EProcess after(EProcess process, RatioGrid grid, TwoArmCounts counts, double tempering, int t) {
    return process.after(grid, grid.gains(counts.xc(), counts.m(), grid.costs(counts.nc(), counts.nb()), tempering),
        ONSET.remaining(t));
  }

  @Test
  @DisplayName("Without events the evidence stays 1, for any number of windows")
  void silenceSaysNothing() {
    var grid = RatioGrid.uniform(1);
    var process = EProcess.START;
    for (int t = 1; t <= 1000; t++) {
      process = after(process, grid, QUIET, 1, t);
      assertThat(process.logE()).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  @DisplayName("Silent windows need not be folded: the next event finds the same evidence")
  void lateDiscovery() {
    var grid = RatioGrid.novel(1);
    var always = EProcess.START;
    for (int t = 1; t <= 300; t++) {
      always = after(always, grid, QUIET, 1, t);
    }

    assertThat(after(EProcess.START, grid, BAD, 1, 301).logE())
        .isCloseTo(after(always, grid, BAD, 1, 301).logE(), within(1e-10));
  }

  @Test
  @DisplayName("Overwhelming evidence neither overflows nor is lost when the canary gets better")
  void overwhelming() {
    var grid = RatioGrid.uniform(1);
    var terrible = new TwoArmCounts(5_000, 100, 600, 11_400);
    var process = EProcess.START;
    double direct = 0;
    for (int t = 1; t <= 20; t++) {
      process = after(process, grid, terrible, 1, t);
      direct += grid.logLikelihoodRatio(11, terrible);
    }
    assertThat(process.logE()).isCloseTo(direct + StrictMath.log(0.5 / 12), within(1e-6 * direct));
    var better = after(process, grid, new TwoArmCounts(0, 10_000, 600, 11_400), 1, 21);
    assertThat(better.logE()).isLessThan(process.logE() - 1_000).isFinite();
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
    var process = EProcess.START;
    int t = 0;
    while (t < goodWindows) {
      process = after(process, grid, GOOD, 1, ++t);
    }
    while (process.logE() < StrictMath.log(100)) {
      process = after(process, grid, BAD, 1, ++t);
    }
    return t - goodWindows;
  }

  @Test
  @DisplayName("State survives writing and reading, bit for bit")
  void roundTrip() {
    var grid = RatioGrid.uniform(1.2);
    var process = after(EProcess.START, grid, BAD, 0.5, 1);
    var bytes = ByteBuffer.allocate(EProcess.BYTES);
    process.write(bytes);
    var again = ByteBuffer.allocate(EProcess.BYTES);
    var read = EProcess.read(grid, bytes.flip());
    read.write(again);

    assertThat(again.array()).isEqualTo(bytes.array());
    assertThat(read.logE()).isEqualTo(process.logE());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  @DisplayName("A state that no window leads to is refused")
  void refusesImpossibleState(double number) {
    var bytes = ByteBuffer.allocate(EProcess.BYTES);
    bytes.putDouble(8, number);
    assertThatIllegalArgumentException().isThrownBy(() -> EProcess.read(RatioGrid.uniform(1), bytes))
        .withMessageContaining("finite number");
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
    return after(EProcess.START, grid, counts, 1, 1).logE();
  }

  @Test
  @DisplayName("Impossible counts are refused with the offending numbers")
  void refusesCounts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(-1, 0, 1, 1)).withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, 0, 0, 1)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, 0, 1, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, -2, 1, 1)).withMessageContaining("-2");
    assertThatIllegalArgumentException().isThrownBy(() -> new TwoArmCounts(0, 0, 1, 0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TwoArmCounts(0, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
        .withMessageContaining("Infinity");
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 5_000})
  @DisplayName("Without some canary events one window's evidence is as if they had not been on the canary, however strong it is")
  void withoutEvents(long events) {
    for (var grid : new RatioGrid[]{RatioGrid.uniform(1), RatioGrid.uniform(2)}) {
      var costs = grid.costs(600, 11_400);
      var whole = EProcess.START.after(grid, grid.gains(events, events + 30, costs, 1), ONSET.remaining(1));
      var less = EProcess.START.after(grid, grid.gains(events - 7, events + 30, costs, 1), ONSET.remaining(1));
      assertThat(whole.logEWithout(grid, 7)).isCloseTo(less.logE(), within(1e-9));
      assertThat(whole.logEWithout(grid, 0)).isEqualTo(whole.logE());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 20, 5_000})
  @DisplayName("Where no start is given any prior, the evidence for a fault from the first window is the mean over the ratios")
  void fromStart(long events) {
    var grid = RatioGrid.novel(1.2);
    var gains = grid.gains(events, events + 5, grid.costs(600, 11_400), 1);
    var terms = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      terms[i] = grid.logWeight(i) + gains[i];
    }
    assertThat(EProcess.START.after(grid, gains, 1).logEFromStart(grid)).isCloseTo(LogSum.of(terms), within(1e-9));
  }

  @Test
  @DisplayName("A late start adds its prior also to evidence that is kept with an exponent")
  void priorOfOverwhelming() {
    // A gain of 610 is folded by logarithms, one of 590 is not: the prior of half a window's start is in both.
    var grid = RatioGrid.uniform(1);
    var usual = EProcess.START.after(grid, filled(590), 0.2);
    var rescaled = EProcess.START.after(grid, filled(610), 0.2);
    assertThat(usual.logE()).isCloseTo(590 + StrictMath.log(0.5 + 0.4), within(1e-9));
    assertThat(rescaled.logE()).isCloseTo(610 + StrictMath.log(0.5 + 0.4), within(1e-9));
    assertThat(EProcess.START.after(grid, filled(-610), 0.2).logE()).isCloseTo(StrictMath.log(0.5 * 0.2), within(1e-9));
  }

  private static double[] filled(double gain) {
    var gains = new double[RatioGrid.SIZE];
    Arrays.fill(gains, gain);
    return gains;
  }

  @Test
  @DisplayName("Overwhelming evidence is written and read bit for bit too; an exponent below 0 is refused")
  void roundTripOfOverwhelming() {
    var grid = RatioGrid.uniform(1);
    var process = EProcess.START.after(grid, filled(610), 0.2);
    var bytes = ByteBuffer.allocate(EProcess.BYTES);
    process.write(bytes);
    assertThat(EProcess.read(grid, bytes.flip()).logE()).isEqualTo(process.logE());

    bytes.putInt(RatioGrid.SIZE * Double.BYTES, -1);
    assertThatIllegalArgumentException().isThrownBy(() -> EProcess.read(grid, bytes.rewind()))
        .withMessageContaining("were -1 and 0.2");
  }
}
