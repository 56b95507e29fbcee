package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.EProcess;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import dev.serin.stats.cluster.PodBurst;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.interval.ConfidenceSequence;
import dev.serin.stats.interval.NoEvents;
import dev.serin.stats.interval.RatioInterval;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackTest {

  private static final RatioGrid GRID = RatioGrid.uniform(1);
  private static final Track.Facts PLAIN = new Track.Facts(GRID, 0, 0, false);
  private static final Track.Facts TOLERANT = new Track.Facts(GRID, 0.01, 0, false);
  private static final Track.Facts PROVEN = new Track.Facts(GRID, 0, 2, false);
  private static final Clusters CLUSTERS = Clusters.none(Duration.ofSeconds(10));

  private static final double[] CANARY = {200, 300};
  private static final double[] STABLE = {300, 400};
  private static final Split TWO_PODS = new Split(CANARY, new int[]{0, 1}, STABLE);
  private static final Track.Moment FIRST = new Track.Moment(TWO_PODS, 0.9);
  private static final Track.Moment SECOND = new Track.Moment(TWO_PODS, 0.8);
  private static final Tempering CAPPED = new Tempering(2.5, 1, true);
  /// `η` under [#CAPPED] of a window with more events than its cap, all of which may belong together.
  private static final double ETA = 1 / 2.5;

  private static Cell cell(long[] canary, long[] stable) {
    var cell = new Cell(canary.length, stable.length);
    for (int p = 0; p < canary.length; p++) {
      cell.addCanary(p, canary[p]);
    }
    for (int p = 0; p < stable.length; p++) {
      cell.addStable(p, stable[p]);
    }
    return cell;
  }

  private static Cell eleven() {
    return cell(new long[]{3, 5}, new long[]{1, 2});
  }

  private static double burst(Cell cell) {
    return PodBurst.of(cell.canary(), CANARY, cell.stable(), STABLE);
  }

  private static EProcess folded(EProcess before, long xc, long m, double nc, double eta, double remaining) {
    return before.after(GRID, GRID.gains(xc, m, GRID.costs(nc, 700), eta), remaining);
  }

  private static byte[] bytes(Track track) {
    var out = ByteBuffer.allocate(10_000);
    track.write(out, CLUSTERS);
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  @DisplayName("Without an event nothing is said, nothing is blamed, and a rate is as frequent as stable's")
  void silent() {
    var silent = Track.silent(PLAIN);
    assertThat(silent.counts()).isEqualTo(new Track.Counts(0, 0, 0));
    assertThat(silent.rateRatio()).isEqualTo(1);
    assertThat(silent.logE()).isZero();
    assertThat(silent.logCautious()).isZero();
    assertThat(silent.logWithout(PLAIN, 3)).isZero();
    assertThat(silent.podsApart()).isFalse();
    assertThat(silent.blamed()).isFalse();
    assertThat(silent.ratios(0.05)).isEqualTo(new RatioInterval(0, Double.POSITIVE_INFINITY));
  }

  @Test
  @DisplayName("Events are counted by arm, and the canary's are compared with those at the baseline's rate")
  void counts() {
    var once = Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, false);
    assertThat(once.counts().canary()).isEqualTo(8);
    assertThat(once.counts().baseline()).isEqualTo(3);
    assertThat(once.counts().expected()).isCloseTo(3 * 500 / 700.0, within(1e-12));
    assertThat(once.rateRatio()).isCloseTo(8 * 700 / 1500.0, within(1e-12));

    var twice = once.after(PLAIN, SECOND, eleven(), CAPPED, false);
    assertThat(twice.counts().canary()).isEqualTo(16);
    assertThat(twice.counts().baseline()).isEqualTo(6);
    assertThat(twice.counts().expected()).isCloseTo(6 * 500 / 700.0, within(1e-12));

    var onlyCanary = Track.silent(PLAIN).after(PLAIN, FIRST, cell(new long[]{1, 0}, new long[2]), CAPPED, false);
    assertThat(onlyCanary.rateRatio()).isInfinite();
  }

  @Test
  @DisplayName("The main evidence is tempered by the past, the cautious one by what this window itself can hold")
  void twoKinds() {
    var once = Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, false);
    double cautious = 1 / burst(eleven());
    assertThat(cautious).isLessThan(ETA);
    assertThat(once.logE()).isEqualTo(folded(EProcess.START, 8, 11, 500, ETA, 0.9).logE());
    assertThat(once.logCautious()).isEqualTo(folded(EProcess.START, 8, 11, 500, cautious, 0.9).logE());
    assertThat(once.logWithout(PLAIN, 0)).as("not kept apart").isEqualTo(Double.NEGATIVE_INFINITY);

    var even = cell(new long[]{1, 0}, new long[]{1, 0});
    assertThat(Track.silent(PLAIN).after(PLAIN, FIRST, even, CAPPED, false).logWithout(PLAIN, 0))
        .as("nor with as many events on both arms").isEqualTo(Double.NEGATIVE_INFINITY);

    // One event is tempered alike by both: yet the two had a different past.
    var single = cell(new long[]{1, 0}, new long[2]);
    var twice = once.after(PLAIN, SECOND, single, CAPPED, false);
    assertThat(twice.logE())
        .isEqualTo(folded(folded(EProcess.START, 8, 11, 500, ETA, 0.9), 1, 1, 500, 1, 0.8).logE());
    assertThat(twice.logCautious())
        .isEqualTo(folded(folded(EProcess.START, 8, 11, 500, cautious, 0.9), 1, 1, 500, 1, 0.8).logE());
  }

  @Test
  @DisplayName("A tolerance takes from the evidence in every window: silence then speaks for the canary")
  void tolerance() {
    var gains = GRID.gains(8, 11, GRID.costs(500, 700), ETA);
    var quiet = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      gains[i] -= GRID.charge(i, GRID.costs(500, 700), ETA * 0.01 * 500);
      quiet[i] = -GRID.charge(i, GRID.costs(500, 700), 0.01 * 500);
    }
    var silent = Track.silent(TOLERANT);
    assertThat(silent.after(TOLERANT, FIRST, eleven(), CAPPED, false).logE())
        .isEqualTo(EProcess.START.after(GRID, gains, 0.9).logE());
    double speaksFor = silent.after(TOLERANT, FIRST, new Cell(2, 2), CAPPED, false).logE();
    assertThat(speaksFor).isEqualTo(EProcess.START.after(GRID, quiet, 0.9).logE()).isLessThan(-0.1);
  }

  @Test
  @DisplayName("Without a bucket of canary pods the evidence is that of the other pods; once begun it is kept")
  void apart() {
    var once = Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, true);
    assertThat(once.podsApart()).isTrue();
    var without0 = folded(EProcess.START, 5, 8, 300, ETA, 0.9);
    var without1 = folded(EProcess.START, 3, 6, 200, ETA, 0.9);
    assertThat(once.logWithout(PLAIN, 0)).isEqualTo(without0.logE());
    assertThat(once.logWithout(PLAIN, 1)).isEqualTo(without1.logE());
    assertThat(once.logWithout(PLAIN, 2)).as("nobody is in it").isEqualTo(once.logE());

    var twice = once.after(PLAIN, SECOND, eleven(), CAPPED, false);
    assertThat(twice.podsApart()).isTrue();
    assertThat(twice.logWithout(PLAIN, 0)).isEqualTo(folded(without0, 5, 8, 300, ETA, 0.8).logE());
    assertThat(twice.logWithout(PLAIN, 3)).isEqualTo(twice.logE());
  }

  @Test
  @DisplayName("A bucket that everybody else left keeps its evidence; one that was left goes on with the whole canary")
  void podsCome() {
    var once = Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, true);
    var onlySecond = new Split(new double[]{300}, new int[]{1}, STABLE);
    var cell = cell(new long[]{5}, new long[]{1, 2});
    var twice = once.after(PLAIN, new Track.Moment(onlySecond, 0.8), cell, CAPPED, true);

    assertThat(twice.logWithout(PLAIN, 1)).isEqualTo(once.logWithout(PLAIN, 1));
    assertThat(twice.logWithout(PLAIN, 0))
        .isEqualTo(folded(folded(EProcess.START, 5, 8, 300, ETA, 0.9), 5, 8, 300, ETA, 0.8).logE());

    var thirdPod = new Split(new double[]{200, 300}, new int[]{1, 2}, STABLE);
    var third = once.after(PLAIN, new Track.Moment(thirdPod, 0.8), eleven(), CAPPED, true);
    assertThat(third.logWithout(PLAIN, 2)).as("what came before its first pod is that of the whole canary")
        .isEqualTo(folded(folded(EProcess.START, 8, 11, 500, ETA, 0.9), 3, 6, 200, ETA, 0.8).logE());
  }

  @Test
  @DisplayName("Without a bucket only the others' exposure has a tolerance")
  void apartWithTolerance() {
    var once = Track.silent(TOLERANT).after(TOLERANT, FIRST, eleven(), CAPPED, true);
    var gains = GRID.gains(5, 8, GRID.costs(300, 700), ETA);
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      gains[i] -= GRID.charge(i, GRID.costs(300, 700), ETA * 0.01 * 300);
    }
    assertThat(once.logWithout(TOLERANT, 0)).isEqualTo(EProcess.START.after(GRID, gains, 0.9).logE());
  }

  @Test
  @DisplayName("A hypothesis that needs proof is proven by its rate, or by enough exposure without a canary event")
  void proof() {
    var silent = Track.silent(PROVEN);
    double enough = NoEvents.requests(1e-3, 0.05);
    assertThat(silent.isProven(PROVEN, 0.05, enough, 1e-3)).isTrue();
    assertThat(silent.isProven(PROVEN, 0.05, Math.nextDown(enough), 1e-3)).isFalse();
    assertThat(Track.silent(PLAIN).isProven(PLAIN, 0.05, 0, 1e-3)).as("none is needed").isTrue();
    var tolerant = new Track.Facts(GRID, 1e-2, 2, false);
    assertThat(Track.silent(tolerant).isProven(tolerant, 0.05, enough / 9, 1e-3)).as("the tolerance is larger")
        .isTrue();

    var one = silent.after(PROVEN, FIRST, cell(new long[]{0, 1}, new long[2]), CAPPED, false);
    assertThat(one.isProven(PROVEN, 0.05, 100 * enough, 1e-3)).isFalse();
    var rare = silent;
    for (int k = 0; k < 60; k++) {
      rare = rare.after(PROVEN, FIRST, cell(new long[]{0, 1}, new long[]{3, 3}), new Tempering(1, 1, true), false);
    }
    assertThat(rare.isProven(PROVEN, 0.05, 0, 1e-3)).isTrue();
  }

  @Test
  @DisplayName("The rate ratios that are left are those of the confidence sequence, tempered alike")
  void ratios() {
    var once = Track.silent(PROVEN).after(PROVEN, FIRST, eleven(), CAPPED, false);
    var expected = ConfidenceSequence.empty(2).after(new TwoArmCounts(8, 3, 500, 700), ETA).interval(0.5);
    assertThat(once.ratios(0.5)).isEqualTo(expected);
    assertThat(expected.low()).isPositive();
  }

  @Test
  @DisplayName("Blame is kept, and changes nothing else")
  void blame() {
    var once = Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, false);
    var blamed = once.blame();
    assertThat(blamed.blamed()).isTrue();
    assertThat(blamed.logE()).isEqualTo(once.logE());
    assertThat(blamed.counts()).isEqualTo(once.counts());
    assertThat(blamed.after(PLAIN, SECOND, eleven(), CAPPED, false).blamed()).isTrue();
    assertThat(once.blamed()).isFalse();
  }

  @Test
  @DisplayName("Evidence that is the same as the main one, or as at the beginning, takes one byte")
  void sizes() {
    int silent = bytes(Track.silent(PLAIN)).length;
    var single = cell(new long[]{1, 0}, new long[2]);
    assertThat(bytes(Track.silent(PLAIN).after(PLAIN, FIRST, single, CAPPED, false)))
        .as("both kinds are tempered alike").hasSize(silent + EProcess.BYTES);
    assertThat(bytes(Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, false)))
        .hasSize(silent + 2 * EProcess.BYTES);
    assertThat(bytes(Track.silent(PLAIN).after(PLAIN, FIRST, eleven(), CAPPED, true)))
        .as("two buckets are empty").hasSize(silent + 4 * EProcess.BYTES + Split.BUCKETS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip(boolean podsApart) {
    for (var facts : new Track.Facts[]{PLAIN, TOLERANT, PROVEN, new Track.Facts(GRID, 0, 2, true)}) {
      var track = Track.silent(facts);
      for (int k = 0; k < 3; k++) {
        track = track.after(facts, FIRST, eleven(), CAPPED, podsApart);
        var in = ByteBuffer.wrap(bytes(track));
        var read = Track.read(facts, CLUSTERS, in);
        assertThat(in.hasRemaining()).isFalse();
        assertThat(bytes(read)).isEqualTo(bytes(track));
        assertThat(bytes(read.after(facts, SECOND, eleven(), CAPPED, false)))
            .isEqualTo(bytes(track.after(facts, SECOND, eleven(), CAPPED, false)));
        assertThat(read.podsApart()).isEqualTo(podsApart);
        assertThat(read.logE()).isEqualTo(track.logE());
        assertThat(read.logWithout(facts, 1)).isEqualTo(track.logWithout(facts, 1));
        assertThat(read.ratios(0.5)).isEqualTo(track.ratios(0.5));
        assertThat(read.blamed()).isFalse();
      }
      assertThat(Track.read(facts, CLUSTERS, ByteBuffer.wrap(bytes(track.blame()))).blamed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  @DisplayName("An impossible sum is refused with its value")
  void refuses(double expected) {
    // After the flags and two counts of one byte.
    var damaged = ByteBuffer.wrap(bytes(Track.silent(PLAIN))).putDouble(3, expected);
    assertThatIllegalArgumentException().isThrownBy(() -> Track.read(PLAIN, CLUSTERS, damaged))
        .withMessage("a sum must be finite and at least 0, was " + expected);
  }

  @Test
  @DisplayName("There is no evidence by tenant under a tolerance")
  void refusesTolerance() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Track.Facts(GRID, 0.1, 0, true))
        .withMessage("there is no evidence by tenant with a tolerance, which was 0.1");
    assertThat(new Track.Facts(GRID, 0, 0, true).byTenant()).isTrue();
  }
}
