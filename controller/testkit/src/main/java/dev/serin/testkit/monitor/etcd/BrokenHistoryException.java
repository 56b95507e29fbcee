package dev.serin.testkit.monitor.etcd;

/// Some revisions cannot be read any more, or not as they should: whatever happened in them is unknown.
public final class BrokenHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BrokenHistoryException(String message) {
    super(message);
  }
}
