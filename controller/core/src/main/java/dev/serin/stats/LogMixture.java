package dev.serin.stats;

/// `ln Σ exp(term)` again and again, of terms of which few change from one time to the next. Immutable.
///
/// The bits are those of [LogSum#of]: a term that is the same as before, below a largest one that is the same, adds the
/// same.
public final class LogMixture {

  /// No term.
  public static final LogMixture NONE = new LogMixture(new double[0], new double[0], Double.NEGATIVE_INFINITY);

  private final double[] terms;
  private final double[] parts;
  private final double largest;
  private final double log;

  private LogMixture(double[] terms, double[] parts, double largest) {
    this.terms = terms;
    this.parts = parts;
    this.largest = largest;
    log = largest == Double.NEGATIVE_INFINITY ? largest : largest + StrictMath.log(sum(parts));
  }

  private static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  /// The sum of other terms.
  ///
  /// @param next
  ///          not to be changed any more
  public LogMixture with(double[] next) {
    double most = Double.NEGATIVE_INFINITY;
    for (double term : next) {
      most = Math.max(most, term);
    }
    int known = most == largest ? terms.length : 0;
    var added = new double[next.length];
    for (int i = 0; i < next.length; i++) {
      // StrictMath: the same bits on every CPU, or a replayed verdict could differ.
      added[i] = i < known && next[i] == terms[i] ? parts[i] : StrictMath.exp(next[i] - most);
    }
    return new LogMixture(next, added, most);
  }

  /// `ln Σ exp(term)` in index order; negative infinity for no terms, or only terms of negative infinity.
  public double log() {
    return log;
  }
}
