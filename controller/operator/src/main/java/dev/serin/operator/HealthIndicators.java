package dev.serin.operator;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/// What the probes ask. Liveness never depends on the API server: restarting us would not bring it back.
@Factory
final class HealthIndicators {
  private final ExecutorService blocking;

  HealthIndicators(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.blocking = blocking;
  }

  @Singleton
  @Liveness
  @Named("loop")
  HealthIndicator loop(OperatorRuntime runtime) {
    return indicator("loop", runtime::loopAlive);
  }

  @Singleton
  @Readiness
  @Named("informers")
  HealthIndicator informers(OperatorRuntime runtime) {
    return indicator("informers", runtime::informersHealthy);
  }

  @Singleton
  @Readiness
  @Named("apiServer")
  HealthIndicator apiServer(ApiProbe probe) {
    return indicator("apiServer", probe::reachable);
  }

  private HealthIndicator indicator(String name, BooleanSupplier up) {
    return () -> new AsyncSingleResultPublisher<>(blocking,
        () -> HealthResult.builder(name, up.getAsBoolean() ? HealthStatus.UP : HealthStatus.DOWN).build());
  }
}
