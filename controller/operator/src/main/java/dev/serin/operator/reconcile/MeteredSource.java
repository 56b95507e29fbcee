package dev.serin.operator.reconcile;

import dev.serin.operator.metrics.LineOutcome;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.operator.source.SourceMeter;

/// Hands what the source counts to the metrics.
record MeteredSource(SerinMetrics metrics) implements SourceMeter {

  @Override
  public void line(int bytes) {
    metrics.lines(LineOutcome.COUNTED, 1);
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

  @Override
  public void windowClosed(boolean complete, int missingPods) {
    // The loop counts windows when it judges them, with the Rollout's name.
  }
}
