package dev.serin.plan;

/// A fault that the judge is to find: one signature, or the total errors, with its rate on both arms.
///
/// @param name
///          for people
/// @param usual
///          events per request on stable, 0..1; 0 for a signature that stable does not show
/// @param faulty
///          events per request on the canary, above `usual`, at most 1
/// @param share
///          `γ`, its share of alpha, above 0, at most 1
public record Fault(String name, double usual, double faulty, double share) {

  public Fault {
    if (!(usual >= 0 && usual < faulty && faulty <= 1)) {
      throw new IllegalArgumentException(name + ": needs 0 <= usual < faulty <= 1, was " + usual + " and " + faulty);
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(name + ": share must be above 0 and at most 1, was " + share);
    }
  }

  /// Whether stable does not show it at all.
  public boolean novel() {
    return usual == 0;
  }

  /// Events per canary request that would not be there without the fault.
  public double added() {
    return faulty - usual;
  }

  /// The same fault with another rate on the canary.
  public Fault withFaulty(double rate) {
    return new Fault(name, usual, rate, share);
  }
}
