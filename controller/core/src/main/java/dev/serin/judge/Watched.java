package dev.serin.judge;

/// What is known of a signature before the canary starts.
///
/// @param severity
///          its share of alpha, and whether advancing needs proof for it
/// @param margin
///          how much worse the canary may be
/// @param inHistory
///          whether the stable version showed it before the rollout; a declared but unseen signature counts as novel
public record Watched(Severity severity, Policy.Margin margin, boolean inHistory) {

  /// A normal signature of the stable version without any margin.
  public static final Watched SEEN = new Watched(Severity.NORMAL, Policy.Margin.NONE, true);

  /// A normal signature that was declared but never seen.
  public static final Watched UNSEEN = new Watched(Severity.NORMAL, Policy.Margin.NONE, false);
}
