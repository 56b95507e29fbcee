package dev.serin.operator.workload;

/// A name that Serin needs belongs to somebody else.
public final class NameTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String change;

  NameTaken(String change) {
    super(change);
    this.change = change;
  }

  /// A sentence that says what to change.
  public String change() {
    return change;
  }
}
