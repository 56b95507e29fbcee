package dev.serin.signature.state;

/// When a signature counts as novel: a single stray line is no news.
///
/// The floor gates the alarm for novelty only. Evidence accumulates from the first hit.
///
/// @param hits
///          records on the canary
/// @param tenants
///          about how many tenants they came from
/// @param pods
///          pods they came from
/// @param windows
///          windows they fell into
public record NoveltyFloor(long hits, long tenants, int pods, int windows) {

  private static final long HITS = 3;
  private static final int SOURCES = 2;

  /// Whether it is novel if no earlier record had it.
  ///
  /// @param canaryPods
  ///          pods that the canary has
  /// @param tenantsKnown
  ///          whether records name tenants at all
  public boolean reached(int canaryPods, boolean tenantsKnown) {
    boolean spread = tenants >= SOURCES || pods >= SOURCES;
    // One pod and no tenants: only time can tell a stray line from a fault.
    boolean lasting = canaryPods < SOURCES && !tenantsKnown && windows >= SOURCES;
    return hits >= HITS && (spread || lasting);
  }
}
