package dev.serin.bench.rule;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// By how much the values x are above the values y: the asymptotic confidence interval and estimate of the shift that
/// belong to the Mann–Whitney test, as R's `wilcox.test` and Kayenta compute them, with correction for ties and for
/// continuity. Where the statistic jumps over the wanted quantile, bounds can come out in the wrong order.
final class ShiftInterval {

  private static final double TOLERANCE = 1e-4;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double[] x;
  private final double[] y;
  private final double lowest;
  private final double highest;
  private final double quantile;

  /// @param x
  ///          at least one value
  /// @param y
  ///          at least one value, not all of x and y the same
  /// @param level
  ///          of the interval, above 0, below 1
  ShiftInterval(double[] x, double[] y, double level) {
    this.x = x.clone();
    this.y = y.clone();
    Arrays.sort(this.x);
    Arrays.sort(this.y);
    lowest = this.x[0] - this.y[y.length - 1];
    highest = this.x[x.length - 1] - this.y[0];
    quantile = -NORMAL.inverseCumulativeProbability((1 - level) / 2);
  }

  /// Lower bound of the shift.
  double low() {
    return where(quantile);
  }

  /// Upper bound of the shift.
  double high() {
    return where(-quantile);
  }

  /// The shift itself.
  double estimate() {
    return ZeroIn.root(this::standardised, lowest, standardised(lowest), highest, standardised(highest), TOLERANCE);
  }

  /// Where the standardised statistic of the shifted values falls to a quantile.
  private double where(double wanted) {
    double atLowest = standardised(lowest) - wanted;
    double atHighest = standardised(highest) - wanted;
    if (atLowest <= 0) {
      return lowest;
    }
    return atHighest >= 0
        ? highest
        : ZeroIn.root(shift -> standardised(shift) - wanted, lowest, atLowest, highest, atHighest, TOLERANCE);
  }

  /// Rank sum of x − shift among y in standard deviations, with correction for continuity.
  double standardised(double shift) {
    double ranks = 0;
    double ties = 0;
    int i = 0;
    int j = 0;
    while (i < x.length || j < y.length) {
      double value = i == x.length ? y[j] : j == y.length ? x[i] - shift : Math.min(x[i] - shift, y[j]);
      int firstX = i;
      int before = i + j;
      while (i < x.length && x[i] - shift == value) {
        i++;
      }
      while (j < y.length && y[j] == value) {
        j++;
      }
      double tied = i + j - before;
      ranks += (i - firstX) * (before + (tied + 1) / 2);
      ties += tied * tied * tied - tied;
    }
    double nx = x.length;
    double ny = y.length;
    double distance = ranks - nx * (nx + 1) / 2 - nx * ny / 2;
    double variance = nx * ny / 12 * (nx + ny + 1 - ties / ((nx + ny) * (nx + ny - 1)));
    return (distance - Math.signum(distance) * 0.5) / Math.sqrt(variance);
  }
}
