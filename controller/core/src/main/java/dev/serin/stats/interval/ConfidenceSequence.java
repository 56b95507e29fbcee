package dev.serin.stats.interval;

import dev.serin.stats.LogSum;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What the windows so far say about the ratio ρ of the canary's rate to the baseline's. Immutable.
///
/// On 33 points `ρ_j = 2^(−4 + 10j/32)`, from 1/16 to 64, and at every margin the tempered log likelihood is kept,
/// relative to ρ = 1:
///
///     ℓ_j ← ℓ_j + η·[x_c·ln ρ_j − m·ln((ρ_j·n_c + n_b) / (n_c + n_b))]
///
/// *Theorem.* If the canary's rate is ρ times the baseline's in every window, `mean_k e^{ℓ_k − ℓ(ρ)}` is a
/// nonnegative supermartingale that begins at 1, for Poisson counts of any common rate, for independent requests with
/// any probabilities whose means have this ratio, and, tempered, for events that come in clusters; the split may depend
/// on the past. So by Ville the set of all ρ where it is below 1/α holds the true one *at every moment at once* with
/// probability at least 1 − α, on the grid or not. `ℓ` is concave in ln ρ, hence that set is an interval, and the hull
/// of its grid points, one step wider on both sides, encloses it.
///
/// *Non-inferiority.* If the ratio is at least a margin, `mean_{ρ_k < margin} e^{ℓ_k − ℓ(margin)}` is a nonnegative
/// supermartingale too: for ρ_k below the margin, `E e^{ℓ_k − ℓ(margin)}` falls as the true ratio grows.
///
/// Not guaranteed: independence across windows given the past; a ratio that changes over time has no interval, and a
/// canary that was harmless may become harmful later. Source: Robbins' mixture method; Howard, Ramdas, McAuliffe and
/// Sekhon, Ann. Stat. 49(2) 2021.
public final class ConfidenceSequence {

  /// Number of ratios on the grid.
  public static final int POINTS = 33;

  private static final double[] LOG_RATIO = new double[POINTS];
  private static final double[] RATIO_MINUS_ONE = new double[POINTS];

  static {
    for (int j = 0; j < POINTS; j++) {
      LOG_RATIO[j] = (-4 + 10 * j / 32.0) * StrictMath.log(2);
      RATIO_MINUS_ONE[j] = StrictMath.expm1(LOG_RATIO[j]);
    }
  }

  /// Much more than the rounding errors of a sum of logarithms.
  private static final double CLOSE = 1e-6;

  private final double[] margins;
  private final double[] logMargins;
  private final double[] logLikelihood;

  private ConfidenceSequence(double[] margins, double[] logMargins, double[] logLikelihood) {
    this.margins = margins;
    this.logMargins = logMargins;
    this.logLikelihood = logLikelihood;
  }

  /// Before the first window.
  ///
  /// @param margins
  ///          ratios that [#logNonInferiority] may be asked for, each above 1/16
  public static ConfidenceSequence empty(double... margins) {
    var logs = new double[margins.length];
    for (int i = 0; i < margins.length; i++) {
      if (!(margins[i] > ratio(0) && margins[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a margin must be above 1/16 and finite, was " + margins[i]);
      }
      logs[i] = StrictMath.log(margins[i]);
    }
    return new ConfidenceSequence(margins.clone(), logs, new double[POINTS + margins.length]);
  }

  /// Folds one window.
  ///
  /// @param tempering
  ///          `η`, above 0, at most 1; may depend on m and the past, never on the arm
  public ConfidenceSequence after(TwoArmCounts counts, double tempering) {
    if (!(tempering > 0 && tempering <= 1)) {
      throw new IllegalArgumentException("tempering must be above 0 and at most 1, was " + tempering);
    }
    if (counts.m() == 0) {
      return this;
    }
    var next = new double[logLikelihood.length];
    double share = counts.nc() / (counts.nc() + counts.nb());
    for (int j = 0; j < next.length; j++) {
      double logRatio = j < POINTS ? LOG_RATIO[j] : logMargins[j - POINTS];
      double ratioMinusOne = j < POINTS ? RATIO_MINUS_ONE[j] : margins[j - POINTS] - 1;
      double gain = counts.xc() * logRatio - counts.m() * StrictMath.log1p(ratioMinusOne * share);
      next[j] = logLikelihood[j] + tempering * gain;
    }
    return new ConfidenceSequence(margins, logMargins, next);
  }

  /// The ratios that are not excluded now.
  ///
  /// @param alpha
  ///          probability, above 0 and below 1, that the true ratio is ever outside
  public RatioInterval interval(double alpha) {
    double least = meanOf(POINTS) - logInverse(alpha);
    int first = 0;
    while (logLikelihood[first] <= least) {
      first++;
    }
    int last = POINTS - 1;
    while (logLikelihood[last] <= least) {
      last--;
    }
    // At either end of the grid nothing is known of what lies beyond.
    return new RatioInterval(first == 0 ? 0 : ratio(first - 1),
        last == POINTS - 1 ? Double.POSITIVE_INFINITY : ratio(last + 1));
  }

  /// Evidence, in nats, that the ratio is below a margin; the canary may advance once it reaches ln(1/β), and then
  /// a canary at or above the margin ever advances with probability at most β.
  ///
  /// @param margin
  ///          one of those given at the beginning
  public double logNonInferiority(double margin) {
    int i = indexOf(margin);
    return meanOf(pointsBelow(logMargins[i])) - logLikelihood[POINTS + i];
  }

  /// Whether the ratio is proven to be below a margin: [#logNonInferiority] is at least ln(1/β).
  ///
  /// @param margin
  ///          one of those given at the beginning
  /// @param beta
  ///          above 0 and below 1
  public boolean isBelow(double margin, double beta) {
    int i = indexOf(margin);
    int points = pointsBelow(logMargins[i]);
    double needed = logLikelihood[POINTS + i] + logInverse(beta);
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < points; j++) {
      largest = Math.max(largest, logLikelihood[j]);
    }
    // A mean lies between the largest and the largest by the number; mostly that tells clearly, without an exponential per point.
    return largest >= needed - CLOSE
        && (largest - StrictMath.log(points) >= needed + CLOSE || logNonInferiority(margin) >= logInverse(beta));
  }

  private int indexOf(double margin) {
    for (int i = 0; i < margins.length; i++) {
      if (margins[i] == margin) {
        return i;
      }
    }
    throw new IllegalArgumentException("margin must be one of " + Arrays.toString(margins) + ", was " + margin);
  }

  private static int pointsBelow(double logRatio) {
    int points = 0;
    while (points < POINTS && LOG_RATIO[points] < logRatio) {
      points++;
    }
    return points;
  }

  private double meanOf(int points) {
    return LogSum.of(Arrays.copyOf(logLikelihood, points)) - StrictMath.log(points);
  }

  private static double ratio(int point) {
    return StrictMath.exp(LOG_RATIO[point]);
  }

  private static double logInverse(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("a probability must be above 0 and below 1, was " + alpha);
    }
    return -StrictMath.log(alpha);
  }

  /// Bytes of [#write] for a number of margins.
  public static int bytes(int margins) {
    return (POINTS + margins) * Double.BYTES;
  }

  /// Appends the state, bit for bit; the margins belong to the policy.
  public void write(ByteBuffer out) {
    for (double value : logLikelihood) {
      out.putDouble(value);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @param margins
  ///          those of the writer, in its order
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static ConfidenceSequence read(ByteBuffer in, double... margins) {
    var read = empty(margins);
    for (int j = 0; j < read.logLikelihood.length; j++) {
      double value = in.getDouble();
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("log likelihood must be a finite number, was " + value);
      }
      read.logLikelihood[j] = value;
    }
    return read;
  }
}
