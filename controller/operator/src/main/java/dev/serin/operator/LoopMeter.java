package dev.serin.operator;

import dev.serin.operator.metrics.RolloutName;
import dev.serin.operator.metrics.SerinMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;

/// Measures the reconcile loop in our own few series; the framework's meters would be one histogram per Rollout.
final class LoopMeter implements Metrics {
  private final SerinMetrics metrics;

  LoopMeter(SerinMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    var started = System.nanoTime();
    var succeeded = false;
    try {
      var result = execution.execute();
      succeeded = true;
      return result;
    } finally {
      metrics.reconciled(succeeded, Duration.ofNanos(System.nanoTime() - started));
    }
  }

  @Override
  public void cleanupDone(ResourceID gone, Map<String, Object> metadata) {
    metrics.forget(new RolloutName(gone.getNamespace().orElse(""), gone.getName()));
  }
}
