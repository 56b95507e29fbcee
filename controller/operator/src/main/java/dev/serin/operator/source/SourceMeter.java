package dev.serin.operator.source;

/// What the source tells the metrics. Called from many threads; must return at once.
public interface SourceMeter {

  /// For reading that counts in no window, such as of the past.
  SourceMeter NONE = new SourceMeter() {

    @Override
    public void line(int bytes) {}

    @Override
    public void lineTruncated() {}

    @Override
    public void lateRecord() {}

    @Override
    public void streamBroken() {}
  };

  /// A line of `bytes` bytes of a followed log was read, its line end not counted.
  void line(int bytes);

  /// A line was longer than 64 KiB; its rest was skipped.
  void lineTruncated();

  /// A record came after its window had closed and was dropped.
  void lateRecord();

  /// The log of a pod that serves ended or could not be opened.
  void streamBroken();
}
