package dev.serin.stats.cluster;

import java.nio.ByteBuffer;

/// How much more the stable pods' counts scatter than independent events would, for one block length. Immutable.
///
/// Per block of k pods with counts x_p and exposures n_p, `n̄` their mean and `μ = Σx/Σn`:
///
///     SS += k/(k−1) · Σ_p (x_p − n_p·μ)²·n̄/n_p          N += Σ_p x_p
///
/// For independent events with the same rate everywhere E SS = E N, whatever the exposures; so `φ = SS/N` is 1 then, and
/// the size-weighted mean number of events per cluster if events come in clusters that stick to a pod. (ES, EM) are the
/// same sums with a half-life, for clustering that began lately.
///
/// @param ss
///          sum of squares since the beginning
/// @param n
///          events since the beginning
/// @param es
///          decayed sum of squares, as of `at`
/// @param em
///          decayed events, as of `at`
/// @param at
///          when the decayed sums were last changed, in windows folded
public record Dispersion(double ss, double n, double es, double em, long at) {

  /// Nothing seen.
  public static final Dispersion NONE = new Dispersion(0, 0, 0, 0, 0);

  /// Bytes of [#write].
  public static final int BYTES = 5 * Double.BYTES;

  private static final double POOL_PRIOR = 5;
  private static final double OWN_PRIOR = 20;

  /// Adds what a block showed.
  ///
  /// @param squares
  ///          its sum of squares
  /// @param events
  ///          its events
  /// @param now
  ///          windows folded
  /// @param decay
  ///          of the decayed sums
  public Dispersion plus(double squares, double events, long now, Decay decay) {
    double kept = decay.kept(now - at);
    return new Dispersion(ss + squares, n + events, es * kept + squares, em * kept + events, now);
  }

  /// `φ` of all signatures together: with few events it tends to 1.
  public double pooled(long now, Decay decay) {
    double kept = decay.kept(now - at);
    return Math.max((ss + POOL_PRIOR) / (n + POOL_PRIOR), (es * kept + POOL_PRIOR) / (em * kept + POOL_PRIOR));
  }

  /// `φ̂`, at least 1: with few events it tends to that of all signatures.
  ///
  /// @param pooled
  ///          `φ` of all signatures, by [#pooled]
  public double estimate(double pooled, long now, Decay decay) {
    double kept = decay.kept(now - at);
    double prior = OWN_PRIOR * pooled;
    return Math.max(1,
        Math.max((ss + prior) / (n + OWN_PRIOR), (es * kept + prior) / (em * kept + OWN_PRIOR)));
  }

  /// The sum of squares of one block.
  ///
  /// @param counts
  ///          events by pod
  /// @param exposures
  ///          of the same pods; a pod without any is left out
  /// @return 0 for fewer than two pods
  public static double squares(long[] counts, double[] exposures) {
    double events = 0;
    double exposure = 0;
    int pods = 0;
    for (int p = 0; p < counts.length; p++) {
      if (exposures[p] > 0) {
        events += counts[p];
        exposure += exposures[p];
        pods++;
      }
    }
    if (pods < 2) {
      return 0;
    }
    double sum = 0;
    for (int p = 0; p < counts.length; p++) {
      if (exposures[p] > 0) {
        double residual = counts[p] - exposures[p] * events / exposure;
        sum += residual * residual / exposures[p];
      }
    }
    return sum * (exposure / pods) * pods / (pods - 1);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.putDouble(ss).putDouble(n).putDouble(es).putDouble(em).putLong(at);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static Dispersion read(ByteBuffer in) {
    var read = new Dispersion(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble(), in.getLong());
    for (double sum : new double[]{read.ss, read.n, read.es, read.em, read.at}) {
      if (!(sum >= 0 && sum < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a sum must be finite and at least 0, was " + sum);
      }
    }
    return read;
  }
}
