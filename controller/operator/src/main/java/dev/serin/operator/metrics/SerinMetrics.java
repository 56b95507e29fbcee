package dev.serin.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Everything Serin measures about itself. Safe for use by many threads; no method blocks or throws for a value that
/// only arrived from outside.
@Singleton
public final class SerinMetrics {
  private final MeterRegistry registry;
  private final JudgedRollouts judged;
  private final Map<RolloutName, String> stateOf = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> rolloutsIn = new ConcurrentHashMap<>();
  private final BoundedLabel states = new BoundedLabel(32);
  private final BoundedLabel reasons = new BoundedLabel(128);
  private final BoundedLabel verdicts = new BoundedLabel(16);
  private final BoundedLabel sources = new BoundedLabel(8);
  private final BoundedLabel resources = new BoundedLabel(48);

  public SerinMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.judged = new JudgedRollouts(registry);
    var version = SerinMetrics.class.getPackage().getImplementationVersion();
    Gauge.builder("serin.build.info", () -> 1)
        .description("The running version")
        .tag("version", version == null ? "development" : version)
        .register(registry);
    for (var signatureClass : SignatureClass.values()) {
      Gauge.builder("serin.signatures", () -> judged.signatures(signatureClass))
          .description("Signatures under test for the Rollouts under judgement")
          .tag("class", signatureClass.label())
          .register(registry);
    }
  }

  /// One pass of the reconcile loop over one Rollout ended.
  public void reconciled(boolean succeeded, Duration took) {
    Timer.builder("serin.reconcile.duration")
        .description("Time of one pass over one Rollout")
        .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(250),
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30))
        .register(registry)
        .record(took);
    count("serin.reconcile", "Passes over one Rollout", 1, "result", succeeded ? "success" : "error");
  }

  /// One request to the API server was answered.
  ///
  /// @param verb get, list, watch, create, update, patch or delete
  /// @param resource plural, with a subresource such as `pods/log`
  /// @param code HTTP status, or `error` when the readiness probe got no answer
  public void kubeRequest(String verb, String resource, String code) {
    count("serin.kube.requests", "Requests to the API server", 1, "verb", verb, "resource",
        resources.of(resource),
        "code", code);
  }

  /// A look at a Rollout; replaces what the look before it said.
  public void sampled(RolloutName rollout, RolloutSample sample) {
    var state = states.of(sample.state());
    stateOf.compute(rollout, (_, before) -> {
      if (!state.equals(before)) {
        inState(state).incrementAndGet();
        if (before != null) {
          inState(before).decrementAndGet();
        }
      }
      return state;
    });
    judged.sampled(rollout, sample, state);
  }

  /// The Rollout no longer exists: its series go with it.
  public void forget(RolloutName rollout) {
    var state = stateOf.remove(rollout);
    if (state != null) {
      inState(state).decrementAndGet();
    }
    judged.ended(rollout);
  }

  /// The judge gave a verdict that decided something.
  ///
  /// @param verdict its type, such as `RollBack`
  /// @param reason the CamelCase reason that stands in the condition too
  public void decided(String verdict, String reason) {
    count("serin.decisions", "Verdicts that decided something", 1, "verdict", verdicts.of(verdict), "reason",
        reasons.of(reason));
  }

  /// A window of evidence was closed.
  public void windowClosed(ClosedWindow window) {
    var source = sources.of(window.source());
    count("serin.evidence.windows", "Windows of evidence", 1, "source", source, "complete",
        Boolean.toString(window.complete()));
    Timer.builder("serin.evidence.lag")
        .description("Time from a window's end to its judgement")
        .register(registry)
        .record(Duration.between(window.end(), window.judgedAt()));
    if (window.complete()) {
      judged.windowComplete(window.rollout(), window.end());
    }
  }

  /// A roll back ended the canary's traffic: no canary pod is wanted any more or, while promoting, stable is restored.
  ///
  /// @param took time from the verdict to no canary traffic
  public void rolledBack(Duration took) {
    Timer.builder("serin.rollback.latency")
        .description("Time from the verdict to no canary traffic")
        .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2),
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10))
        .register(registry)
        .record(took);
  }

  /// Log lines were read.
  public void lines(LineOutcome outcome, long lines) {
    count("serin.log.lines", "Log lines read", (double) lines, "outcome", outcome.label());
  }

  /// Bytes of logs were read.
  public void logBytes(long bytes) {
    Counter.builder("serin.log.bytes").description("Log bytes read").register(registry).increment((double) bytes);
  }

  /// A log stream ended unasked or could not be opened, which makes the window incomplete.
  public void streamBroken() {
    count("serin.log.stream.breaks", "Log streams that ended unasked or could not be opened", 1);
  }

  /// An event was reported.
  public void event(EventOutcome outcome) {
    count("serin.events", "Events reported by the loop", 1, "outcome", outcome.label());
  }

  /// Publishes whether every informer runs, is synced and holds its watch for open. It goes on holding it for open while
  /// it reconnects, so an API server that is away shows in [#kubeRequest] and not here.
  public void informers(BooleanSupplier healthy) {
    Gauge.builder("serin.informers.healthy", () -> healthy.getAsBoolean() ? 1 : 0)
        .description("1 while every informer runs, is synced and holds its watch for open")
        .register(registry);
  }

  private AtomicInteger inState(String state) {
    return rolloutsIn.computeIfAbsent(state, name -> {
      var rollouts = new AtomicInteger();
      Gauge.builder("serin.rollouts", rollouts::get)
          .description("Rollouts by state")
          .tag("state", name)
          .register(registry);
      return rollouts;
    });
  }

  private void count(String name, String description, double amount, String... tags) {
    Counter.builder(name).description(description).tags(tags).register(registry).increment(amount);
  }
}
