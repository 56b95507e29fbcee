package dev.serin.operator.reconcile;

/// The evidence in an Analysis cannot be read, so nothing can be judged by it.
final class EvidenceUnreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String change;

  EvidenceUnreadable(String analysis, IllegalArgumentException cause) {
    super(cause);
    this.change = "The evidence in Analysis " + analysis + " cannot be read (" + cause.getMessage()
        + "): nothing is judged and nothing advances. Delete that Analysis to begin the trial again, or apply the stable "
        + "template.";
  }

  /// A sentence that says what to change.
  String change() {
    return change;
  }
}
