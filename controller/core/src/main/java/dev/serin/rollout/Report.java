package dev.serin.rollout;

/// What people are told: one kind, one reason, one sentence.
///
/// @param kind
///          which of the kstatus conditions is true
/// @param reason
///          why
/// @param message
///          one sentence with numbers that says what happens next
public record Report(Kind kind, Reason reason, String message) {

  /// The kstatus conditions; exactly one is true.
  public enum Kind {
    /// Nothing is left to do.
    READY,
    /// Serin is at work or waits for something that comes by itself.
    RECONCILING,
    /// A person has to act.
    STALLED
  }

  static Report ready(Reason reason, String message) {
    return new Report(Kind.READY, reason, message);
  }

  static Report reconciling(Reason reason, String message) {
    return new Report(Kind.RECONCILING, reason, message);
  }

  static Report stalled(Reason reason, String message) {
    return new Report(Kind.STALLED, reason, message);
  }
}
