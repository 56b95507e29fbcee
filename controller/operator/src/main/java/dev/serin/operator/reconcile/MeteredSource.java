package dev.serin.operator.reconcile;

import dev.serin.operator.metrics.LineOutcome;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.operator.source.SourceMeter;

/// Hands what the source counts to the metrics.
record MeteredSource(SerinMetrics metrics) implements SourceMeter {

  @Override
  public void line(int bytes) {
    metrics.lines(LineOutcome.READ, 1);
    metrics.logBytes(bytes);
  }

  @Override
  public void lineTruncated() {
    metrics.lines(LineOutcome.TRUNCATED, 1);
  }

  @Override
  public void lateRecord() {
    metrics.lines(LineOutcome.LATE, 1);
  }

  @Override
  public void streamBroken() {
    metrics.streamBroken();
  }
}
