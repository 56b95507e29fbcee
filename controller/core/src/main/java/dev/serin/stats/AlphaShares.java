package dev.serin.stats;

/// How the error promise is shared among hypotheses that are fixed, or discovered, without looking at the arm.
///
/// Usually total errors have .20, known signatures .40 and novel ones .25 with `.25/(i(i+1))` for the i-th discovered;
/// the latencies .15. Where total errors and known signatures were given more, the novel ones, and then the latencies, have what is
/// left. Signatures that find no slot are judged together with what the slots leave of the novel ones' part.
/// Shares of undiscovered hypotheses lie idle: they count as evidence 1.
///
/// For current evidences E_s of all hypotheses `G = Σ γ_s E_s + idle` is an e-process for "no signature exceeds its
/// margin" under any dependence between signatures; so P(G ever reaches 1/α) ≤ α.
public final class AlphaShares {

  /// Usual share of the total errors.
  public static final double TOTAL = 0.20;

  /// Usual share of all known signatures together.
  public static final double KNOWN = 0.40;

  private static final double NOVEL = 0.25;
  private static final double LATENCY = 0.15;

  /// Usual share of the novel signature that is discovered first.
  public static final double FIRST_NOVEL = NOVEL / 2;

  private final double total;
  private final double[] known;
  private final double novel;
  private final double latency;
  private final double idle;
  private final int slots;

  /// @param total
  ///          share of the total errors, at least 0
  /// @param known
  ///          shares of the known signatures, each at least 0, with the total's at most 1
  /// @param slots
  ///          novel signatures that get evidence of their own, at least 0
  public AlphaShares(double total, double[] known, int slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("slots must be at least 0, was " + slots);
    }
    double sum = total;
    for (double share : known) {
      if (!(share >= 0)) {
        throw new IllegalArgumentException("shares must be at least 0, was " + share);
      }
      sum += share;
    }
    if (!(total >= 0 && sum <= 1)) {
      throw new IllegalArgumentException("shares must sum to at most 1, did to " + sum);
    }
    this.total = total;
    this.known = known.clone();
    this.slots = slots;
    novel = Math.min(NOVEL, 1 - sum);
    latency = Math.min(LATENCY, 1 - sum - novel);
    idle = 1 - sum - novel - latency;
  }

  /// Share of the total errors.
  public double total() {
    return total;
  }

  /// Share of a known signature.
  ///
  /// @param index
  ///          its place among the shares given, from 0
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
    return novel / ((double) order * (order + 1));
  }

  /// Share of all novel signatures without a slot.
  public double other() {
    return novel / (slots + 1.0);
  }

  /// Share of each of so many bounds of latency.
  public double latency(int bounds) {
    return latency / bounds;
  }

  /// What no hypothesis uses.
  ///
  /// @param discovered
  ///          novel signatures so far, 0..slots
  public double idle(int discovered) {
    return idle + novel / (discovered + 1.0) - other();
  }
}
