package dev.serin.operator.source;

/// What the source tells the metrics. Called from many threads; must return at once.
public interface SourceMeter {

  /// A log line of `bytes` bytes was read, its line end not counted.
  void line(int bytes);

  /// A line was longer than 64 KiB; its rest was skipped.
  void lineTruncated();

  /// A record came after its window had closed and was dropped.
  void lateRecord();

  /// A log stream ended or could not be opened.
  void streamBroken();

  /// A window closed.
  ///
  /// @param complete
  ///          whether the judge may use it
  /// @param missingPods
  ///          pods whose part is missing
  void windowClosed(boolean complete, int missingPods);
}
