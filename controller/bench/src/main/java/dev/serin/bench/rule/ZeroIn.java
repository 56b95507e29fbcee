package dev.serin.bench.rule;

import java.util.function.DoubleUnaryOperator;

/// Brent's root finder "zeroin" (Algorithms for Minimization without Derivatives, 1973, chapter 4). The result depends
/// on the exact steps when the function jumps, as rank statistics do: it takes the steps of R's `uniroot`.
final class ZeroIn {

  private static final int LONGEST = 1000;

  /// Relative spacing of double precision.
  private static final double EPSILON = Math.ulp(1.0);

  private final double tolerance;

  /// The best point so far, the one before it, and one on the other side of the root.
  private double b;
  private double a;
  private double c;
  private double fb;
  private double fa;
  private double fc;

  private ZeroIn(double tolerance) {
    this.tolerance = tolerance;
  }

  /// A root between two points.
  ///
  /// @param low
  ///          where f has the value fLow
  /// @param high
  ///          where f has the value fHigh of the other sign
  /// @param tolerance
  ///          absolute accuracy of the root
  static double root(DoubleUnaryOperator f, double low, double fLow, double high, double fHigh, double tolerance) {
    if (fLow == 0) {
      return low;
    }
    var search = new ZeroIn(tolerance);
    search.a = low;
    search.fa = fLow;
    search.b = high;
    search.fb = fHigh;
    search.c = low;
    search.fc = fLow;
    return search.find(f);
  }

  private double find(DoubleUnaryOperator f) {
    for (int i = 0; i <= LONGEST; i++) {
      double before = b - a;
      if (Math.abs(fc) < Math.abs(fb)) {
        exchange();
      }
      double smallest = 2 * EPSILON * Math.abs(b) + tolerance / 2;
      double half = (c - b) / 2;
      if (Math.abs(half) <= smallest || fb == 0) {
        return b;
      }
      double step = Math.abs(before) >= smallest && Math.abs(fa) > Math.abs(fb)
          ? interpolated(before, half, smallest)
          : half;
      if (Math.abs(step) < smallest) {
        step = step > 0 ? smallest : -smallest;
      }
      a = b;
      fa = fb;
      b += step;
      fb = f.applyAsDouble(b);
      if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0)) {
        c = a;
        fc = fa;
      }
    }
    return b;
  }

  /// The best point must have the smallest value.
  private void exchange() {
    a = b;
    b = c;
    c = a;
    fa = fb;
    fb = fc;
    fc = fa;
  }

  /// A secant or inverse quadratic step, or half of the interval where that would leave it or hardly shrink it.
  private double interpolated(double before, double half, double smallest) {
    double width = c - b;
    double p;
    double q;
    double ratio = fb / fa;
    if (a == c) {
      p = width * ratio;
      q = 1 - ratio;
    } else {
      double first = fa / fc;
      double second = fb / fc;
      p = ratio * (width * first * (first - second) - (b - a) * (second - 1));
      q = (first - 1) * (second - 1) * (ratio - 1);
    }
    if (p > 0) {
      q = -q;
    } else {
      p = -p;
    }
    boolean inside = p < 0.75 * width * q - Math.abs(smallest * q) / 2 && p < Math.abs(before * q / 2);
    return inside ? p / q : half;
  }
}
