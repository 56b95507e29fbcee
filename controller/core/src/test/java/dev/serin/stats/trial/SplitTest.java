package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.stats.EProcess;
import dev.serin.stats.RatioGrid;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final RatioGrid GRID = RatioGrid.uniform(1);
  private final Split five = new Split(new double[]{1, 2, 4, 8, 16}, new int[]{0, 1, 2, 0, 1},
      new double[]{100, 200});

  @Test
  @DisplayName("The exposure of an arm is the sum of its pods, and without a bucket that of the other buckets")
  void sums() {
    assertThat(five.nc()).isEqualTo(31);
    assertThat(five.nb()).isEqualTo(300);
    assertThat(five.canaryPods()).isEqualTo(5);
    assertThat(five.canary()).containsExactly(1, 2, 4, 8, 16);
    assertThat(five.stable()).containsExactly(100, 200);
    assertThat(IntStream.range(0, Split.BUCKETS).mapToDouble(five::without).toArray()).containsExactly(22, 13, 27, 31);
    assertThat(IntStream.range(0, Split.BUCKETS).mapToObj(five::occupied)).containsExactly(true, true, true, false);
  }

  @Test
  @DisplayName("The events inside of a bucket are those of its pods")
  void inside() {
    var events = new long[]{1, 2, 4, 8, 16};
    assertThat(IntStream.range(0, Split.BUCKETS).mapToLong(b -> five.inside(b, events)).toArray()).containsExactly(9,
        18, 4, 0);
  }

  @Test
  @DisplayName("What an event costs follows from the exposures that are left, for each margin on its own")
  void costs() {
    var strict = RatioGrid.uniform(2);
    assertThat(five.costs(GRID)).containsExactly(GRID.costs(31, 300));
    assertThat(five.costs(strict)).containsExactly(strict.costs(31, 300));
    assertThat(five.costsWithout(GRID, 1)).containsExactly(GRID.costs(13, 300));
    assertThat(five.costsWithout(GRID, 1)).as("asked again").containsExactly(GRID.costs(13, 300));
    assertThat(five.costsWithout(strict, 0)).containsExactly(strict.costs(22, 300));
    assertThat(five.costs(GRID)).as("in any order").containsExactly(GRID.costs(31, 300));
  }

  @Test
  @DisplayName("Hypotheses with the same events share how evidence grows; other events, factors or margins have their own")
  void growth() {
    var shared = five.growth(GRID, 2, 3, 1);
    assertThat(five.growth(RatioGrid.novel(1), 2, 3, 1)).as("the weights do not enter").isSameAs(shared);
    for (var other : new EProcess.Growth[]{five.growth(GRID, 1, 3, 1), five.growth(GRID, 2, 4, 1),
        five.growth(GRID, 2, 3, 0.5), five.growth(RatioGrid.uniform(2), 2, 3, 1)}) {
      assertThat(logE(other)).isNotEqualTo(logE(shared));
    }
    assertThat(logE(shared))
        .isEqualTo(EProcess.START.after(GRID, GRID.gains(2, 3, GRID.costs(31, 300), 1), 0.9).logE());
  }

  private static double logE(EProcess.Growth growth) {
    return EProcess.START.after(GRID, growth, 0.9).logE();
  }

  @Test
  @DisplayName("Up to 32 stable pods stand for themselves; the 33rd joins the first")
  void groups() {
    var thirtyTwo = stable(32);
    assertThat(thirtyTwo.groupExposures()).hasSize(32).endsWith(32);
    assertThat(thirtyTwo.groupCounts(counts(32))).hasSize(32).startsWith(1);

    var more = stable(34);
    assertThat(more.groupExposures()).hasSize(32).startsWith(1 + 33, 2 + 34, 3).endsWith(32);
    assertThat(more.groupCounts(counts(34))).hasSize(32).startsWith(1 + 33, 2 + 34, 3).endsWith(32);
  }

  private static Split stable(int pods) {
    return new Split(new double[]{1}, new int[]{0}, IntStream.rangeClosed(1, pods).asDoubleStream().toArray());
  }

  private static long[] counts(int pods) {
    return IntStream.rangeClosed(1, pods).asLongStream().toArray();
  }
}
