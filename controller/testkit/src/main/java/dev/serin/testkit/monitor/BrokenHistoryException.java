package dev.serin.testkit.monitor;

/// Some revisions cannot be read any more, or not as they should: whatever happened in them is unknown.
final class BrokenHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BrokenHistoryException(String message) {
    super(message);
  }
}
