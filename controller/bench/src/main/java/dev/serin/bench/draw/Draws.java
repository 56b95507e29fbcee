package dev.serin.bench.draw;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// The chance of one simulated run. The same seed gives the same numbers on every machine; not for use by two threads.
public final class Draws {

  /// Above this mean the search from zero is slower than a rejection sampler.
  private static final double SMALL_MEAN = 12;

  private final UniformRandomProvider random;
  private double lastMean = -1;
  private double expOfLastMean;

  private Draws(UniformRandomProvider random) {
    this.random = random;
  }

  /// The draws of one run.
  ///
  /// @param seed
  ///          of the whole benchmark
  /// @param stream
  ///          what is simulated
  /// @param run
  ///          number of the run
  public static Draws of(long seed, String stream, long run) {
    return new Draws(RandomSource.XO_RO_SHI_RO_128_PP.create(new long[]{mixed(seed ^ mixed(stream.hashCode())),
        mixed(seed + mixed(run + 1) * 31)}));
  }

  /// Uniform on [0, 1).
  public double uniform() {
    return random.nextDouble();
  }

  /// Uniform on [low, high).
  public double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /// Uniform on 0..bound − 1.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// Exponential with a mean above 0.
  public double exponential(double mean) {
    return -mean * StrictMath.log1p(-random.nextDouble());
  }

  /// Standard normal, by the polar method.
  public double normal() {
    double u;
    double s;
    do {
      u = uniform(-1, 1);
      double v = uniform(-1, 1);
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * Math.sqrt(-2 * StrictMath.log(s) / s);
  }

  /// Poisson with a mean of at least 0.
  public int poisson(double mean) {
    if (mean <= 0) {
      return 0;
    }
    if (mean > SMALL_MEAN) {
      return PoissonSampler.of(random, mean).sample();
    }
    if (mean != lastMean) {
      lastMean = mean;
      expOfLastMean = StrictMath.exp(-mean);
    }
    double left = random.nextDouble();
    double term = expOfLastMean;
    int count = 0;
    // The terms vanish long before the count gets there; without a limit, rounding could keep the search going.
    while (left >= term && count < 200) {
      left -= term;
      count++;
      term *= mean / count;
    }
    return count;
  }

  /// Geometric on {1, 2, …} with a mean of at least 1.
  public int geometric(double mean) {
    if (mean <= 1) {
      return 1;
    }
    return 1 + (int) (StrictMath.log1p(-random.nextDouble()) / StrictMath.log1p(-1 / mean));
  }

  /// Logarithmic series on {1, 2, …}, `P(k) ∝ θ^k / k`, by Kemp's method LK (Applied Statistics 30, 1981).
  ///
  /// @param theta
  ///          above 0, below 1
  public int logSeries(double theta) {
    double v = random.nextDouble();
    if (v >= theta) {
      return 1;
    }
    double q = -StrictMath.expm1(random.nextDouble() * StrictMath.log1p(-theta));
    if (v <= q * q) {
      return (int) (1 + StrictMath.log(v) / StrictMath.log(q));
    }
    return v > q ? 1 : 2;
  }

  /// The source of chance itself, for samplers of the library.
  public UniformRandomProvider random() {
    return random;
  }

  /// Finaliser of splitmix64: neighbouring numbers become unrelated ones.
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
