package dev.serin.stats;

/// How the error promise is shared among hypotheses that are fixed, or discovered, without looking at the arm.
///
/// Total errors have .20, known signatures .40, novel ones .25 with `.25/(i(i+1))` for the i-th discovered, and .15 is
/// kept for later hypotheses. Signatures that find no slot are judged together with what the slots leave of the .25.
/// Shares of undiscovered hypotheses lie idle: they count as evidence 1.
///
/// For current evidences E_s of all hypotheses `G = Σ γ_s E_s + idle` is an e-process for "no signature exceeds its
/// margin" under any dependence between signatures; so P(G ever reaches 1/α) ≤ α.
public final class AlphaShares {

  /// Share of the total errors.
  public static final double TOTAL = 0.20;

  private static final double KNOWN = 0.40;
  private static final double NOVEL = 0.25;
  private static final double LATER = 0.15;

  private final double[] known;
  private final int slots;

  /// @param knownWeights
  ///          relative weights of the known signatures, each above 0
  /// @param slots
  ///          novel signatures that get evidence of their own, at least 0
  public AlphaShares(double[] knownWeights, int slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("slots must be at least 0, was " + slots);
    }
    double sum = 0;
    for (double weight : knownWeights) {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weights must be above 0, was " + weight);
      }
      sum += weight;
    }
    known = new double[knownWeights.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = KNOWN * knownWeights[i] / sum;
    }
    this.slots = slots;
  }

  /// Share of a known signature.
  ///
  /// @param index
  ///          its place among the weights given, from 0
  public double known(int index) {
    return known[index];
  }

  /// Share of a novel signature.
  ///
  /// @param order
  ///          order of its discovery, 1..slots
  public double novel(int order) {
    if (order < 1 || order > slots) {
      throw new IllegalArgumentException("order must be 1.." + slots + ", was " + order);
    }
    return NOVEL / ((double) order * (order + 1));
  }

  /// Share of all novel signatures without a slot.
  public double other() {
    return NOVEL / (slots + 1.0);
  }

  /// What no hypothesis uses.
  ///
  /// @param discovered
  ///          novel signatures so far, 0..slots
  public double idle(int discovered) {
    return LATER + (known.length == 0 ? KNOWN : 0) + NOVEL / (discovered + 1.0) - other();
  }
}
