package dev.serin.sandbox.app;

/// How a version writes its request records to standard output.
public enum LogFormat {
  /// One JSON object per record.
  JSON,
  /// One line of `key=value` pairs per record.
  LOGFMT,
  /// One line of text in the manner of Logback's default pattern.
  PLAIN,
  /// As [#PLAIN]; a failure with an exception is followed by its stack trace, one line per frame.
  JAVA_STACK
}
