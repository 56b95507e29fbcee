package dev.serin.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The series of the Rollouts under judgement: made when judging starts, removed when it ends or the Rollout goes.
///
/// Beyond 500 such Rollouts the next ones are only counted in totals: a cluster that pushes everything at once must not
/// drown its metrics store.
final class JudgedRollouts {
  private static final int LIMIT = 500;

  private final MeterRegistry registry;
  private final Map<RolloutName, Series> series = new HashMap<>();
  private final Map<RolloutName, Map<SignatureClass, Integer>> signatures = new HashMap<>();

  JudgedRollouts(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void sampled(RolloutName rollout, RolloutSample sample, String state) {
    if (!sample.judged()) {
      ended(rollout);
      return;
    }
    signatures.put(rollout, sample.signatures());
    var known = series.get(rollout);
    if (known == null) {
      if (series.size() >= LIMIT) {
        return;
      }
      known = new Series(rollout);
      series.put(rollout, known);
    }
    known.take(sample.weight(), state);
  }

  synchronized void windowComplete(RolloutName rollout, Instant end) {
    var known = series.get(rollout);
    if (known != null) {
      known.lastComplete(end);
    }
  }

  synchronized void ended(RolloutName rollout) {
    signatures.remove(rollout);
    var gone = series.remove(rollout);
    if (gone != null) {
      gone.remove();
    }
  }

  synchronized double signatures(SignatureClass signatureClass) {
    return signatures.values().stream().mapToInt(counts -> counts.getOrDefault(signatureClass, 0)).sum();
  }

  /// Written under the enclosing monitor; gauges read the volatile fields.
  private final class Series {
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private volatile double weight;
    private volatile double lastComplete = Double.NaN;
    private String state = "";

    Series(RolloutName rollout) {
      this.tags = Tags.of("namespace", rollout.namespace(), "rollout", rollout.name());
      meters.add(Gauge.builder("serin.rollout.weight.ratio", () -> weight)
          .description("Share of traffic approved for the canary")
          .tags(tags)
          .register(registry));
      meters.add(Gauge.builder("serin.rollout.last.complete.window.timestamp.seconds", () -> lastComplete)
          .description("End of the last complete window of evidence")
          .tags(tags)
          .register(registry));
    }

    void take(double newWeight, String newState) {
      weight = newWeight;
      if (!newState.equals(state)) {
        if (!state.isEmpty()) {
          registry.remove(meters.removeLast());
        }
        state = newState;
        meters.add(Gauge.builder("serin.rollout.info", () -> 1)
            .description("Rollouts under judgement and their state")
            .tags(tags.and("state", state))
            .register(registry));
      }
    }

    void lastComplete(Instant end) {
      lastComplete = end.toEpochMilli() / 1000.0;
    }

    void remove() {
      meters.forEach(registry::remove);
    }
  }
}
