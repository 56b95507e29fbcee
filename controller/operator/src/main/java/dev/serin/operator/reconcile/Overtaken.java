package dev.serin.operator.reconcile;

/// The world is no longer as it was when the decision was made: nothing was written, look again.
final class Overtaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Overtaken(String what) {
    super(what);
  }
}
