package dev.serin.cli.signatures;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;

/// An estimate with its exact interval of 95 %.
///
/// @param low
///          lower end, at least 0
/// @param high
///          upper end, possibly infinite
record Interval(double estimate, double low, double high) {

  /// Probability that both ends together are allowed to be wrong.
  private static final double ERROR = 0.05;
  private static final double PRECISION = 1e-13;

  /// The rate of a Poisson count (Garwood, 1936).
  ///
  /// @param count
  ///          at least 0
  /// @param exposure
  ///          at least 1
  static Interval rate(long count, long exposure) {
    double low = count == 0 ? 0 : gamma((double) count, ERROR / 2);
    return new Interval((double) count / exposure, low / exposure, gamma(count + 1.0, 1 - ERROR / 2) / exposure);
  }

  /// The ratio of the rates of two Poisson counts: given their sum the first is binomial (Clopper and Pearson, 1934).
  ///
  /// @param count
  ///          at least 0, not both 0
  /// @param exposure
  ///          at least 1
  static Interval ratio(long count, long exposure, long otherCount, long otherExposure) {
    double scale = (double) otherExposure / exposure;
    double low = count == 0 ? 0 : beta((double) count, otherCount + 1.0, ERROR / 2);
    double high = otherCount == 0 ? 1 : beta(count + 1.0, (double) otherCount, 1 - ERROR / 2);
    return new Interval(scale * count / otherCount, scale * odds(low), scale * odds(high));
  }

  private static double odds(double share) {
    return share / (1 - share);
  }

  private static double gamma(double shape, double probability) {
    return new GammaDistribution(null, shape, 1, PRECISION).inverseCumulativeProbability(probability);
  }

  private static double beta(double alpha, double beta, double probability) {
    return new BetaDistribution(null, alpha, beta, PRECISION).inverseCumulativeProbability(probability);
  }
}
