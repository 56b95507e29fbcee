package dev.serin.bench.draw;

/// How many events come together. Counts are sums over clusters whose number is Poisson: that is the negative binomial
/// for logarithmic sizes and the compound Poisson distribution for geometric ones, drawn in the time that the clusters
/// take, not the pods. φ is variance by mean of the counts.
public sealed interface ClusterLaw {

  /// Every event alone: Poisson counts.
  ClusterLaw SINGLE = new Single();

  /// Negative binomial counts, Poisson(Gamma(shape λ/(φ−1), scale φ−1)).
  ///
  /// @param phi
  ///          above 1
  static ClusterLaw negativeBinomial(double phi) {
    return new Logarithmic((phi - 1) / phi);
  }

  /// Counts with geometric clusters of mean `(φ+1)/2`.
  ///
  /// @param phi
  ///          above 1
  static ClusterLaw compoundPoisson(double phi) {
    return new Geometric((phi + 1) / 2);
  }

  /// Mean size of a cluster, at least 1.
  double mean();

  /// Size of one cluster, at least 1.
  int draw(Draws draws);

  /// Size 1.
  record Single() implements ClusterLaw {
    @Override
    public double mean() {
      return 1;
    }

    @Override
    public int draw(Draws draws) {
      return 1;
    }
  }

  /// Geometric sizes.
  ///
  /// @param mean
  ///          above 1
  record Geometric(double mean) implements ClusterLaw {
    @Override
    public int draw(Draws draws) {
      return draws.geometric(mean);
    }
  }

  /// Logarithmic sizes.
  ///
  /// @param theta
  ///          above 0, below 1
  record Logarithmic(double theta) implements ClusterLaw {
    @Override
    public double mean() {
      return -theta / ((1 - theta) * StrictMath.log1p(-theta));
    }

    @Override
    public int draw(Draws draws) {
      return draws.logSeries(theta);
    }
  }
}
