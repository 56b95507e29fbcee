package dev.serin.operator.reconcile;

/// There is no place for the work now: nothing was written, look again in a moment.
final class Crowded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Crowded(String what) {
    super(what);
  }
}
