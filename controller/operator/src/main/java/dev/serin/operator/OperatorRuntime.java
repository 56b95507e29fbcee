package dev.serin.operator;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.metrics.SerinMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one `Reconciler<Rollout>`: informers, workers, retries with back-off, an orderly end.
///
/// The framework's leader election stays off. Safety rests on preconditions of each write, not on who leads.
@Singleton
public final class OperatorRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorRuntime.class);
  private static final int WORKERS = 8;
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  // A write under way at SIGTERM may take as long as a request may.
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final OperatorSettings settings;
  private final Reconciler<Rollout> reconciler;
  private final Runnable sweep;
  private final Operator operator;
  private final LoopHeartbeat heartbeat;
  private final ScheduledExecutorService beats;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean informerDied = new AtomicBoolean();

  public OperatorRuntime(OperatorSettings settings, @Named("api") KubernetesClient api, Reconciler<Rollout> reconciler,
      @Named("sweep") Runnable sweep, SerinMetrics metrics) {
    this.settings = settings;
    this.reconciler = reconciler;
    this.sweep = sweep;
    var workers = workers();
    this.heartbeat = new LoopHeartbeat(workers, System::nanoTime);
    this.beats = Executors
        .newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("serin-beat-", 0).factory());
    this.operator = new Operator(framework -> framework.withKubernetesClient(api)
        .withCloseClientOnStop(false)
        .withExecutorService(workers)
        // In this order: the first one alone is asked to time a look, and a name is forgotten before it is shown again.
        .withMetrics(new AggregatedMetrics(List.of(new LoopMeter(metrics), new NamesakeEvents())))
        .withUseSSAToPatchPrimaryResource(false)
        // A missing CRD or an API server that is away is waited for.
        .withStopOnInformerErrorDuringStartup(false)
        .withCacheSyncTimeout(Duration.ofSeconds(30))
        .withReconciliationTerminationTimeout(DRAIN)
        .withInformerStoppedHandler((_, failure) -> informerStopped(failure)));
    metrics.informers(this::informersHealthy);
  }

  /// Starts the informers and the loop; returns once their caches are synced, or after 30 s without that, in which case
  /// the informers go on trying and readiness tells.
  public void start() {
    operator.register(reconciler, this::configure);
    operator.start();
    started.set(true);
    ScheduledFuture<?> _ = beats.scheduleAtFixedRate(heartbeat::send, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> _ = beats.scheduleWithFixedDelay(sweep, 0, settings.relook().toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whether every informer runs, is synced and holds its watch for open. While it reconnects it goes on holding it for
  /// open: whether the API server answers is asked apart, see [ApiProbe].
  public boolean informersHealthy() {
    return started.get() && !closed.get() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /// Whether workers get work done and no informer has ended for good. True while starting: that has a probe of its
  /// own.
  public boolean loopAlive() {
    return !informerDied.get() && (!started.get() || heartbeat.silence().compareTo(SILENCE) < 0);
  }

  /// Takes no more Rollouts, lets writes under way finish for up to 10 s, then stops the informers.
  @Override
  @PreDestroy
  public void close() {
    if (closed.compareAndSet(false, true)) {
      beats.shutdownNow();
      operator.stop();
    }
  }

  private void configure(ControllerConfigurationOverrider<Rollout> controller) {
    controller.withName("rollout")
        .withFieldManager(Keys.FIELD_MANAGER)
        // Deletions are ours to handle: the finalizer comes with a canary and goes with it.
        .withTriggerReconcilerOnAllEvents(true)
        // Approvals are annotations, which do not raise the generation; our own status writes need no second look.
        .withGenerationAware(false)
        .withOnUpdateFilter(OperatorRuntime::asksForALook)
        .withReconciliationMaxInterval(settings.relook())
        .withRetry(new GenericRetry().setInitialInterval(Duration.ofSeconds(1).toMillis())
            .setIntervalMultiplier(2)
            .setMaxInterval(Duration.ofMinutes(1).toMillis())
            .withoutMaxAttempts());
    if (settings.namespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(settings.namespaces().toArray(String[]::new));
    }
  }

  /// Whether an update changed anything but status.
  static boolean asksForALook(Rollout now, Rollout before) {
    var one = now.getMetadata();
    var other = before.getMetadata();
    return !Objects.equals(one.getGeneration(), other.getGeneration())
        || !Objects.equals(one.getUid(), other.getUid())
        || !Objects.equals(one.getAnnotations(), other.getAnnotations())
        || !Objects.equals(one.getLabels(), other.getLabels())
        || !Objects.equals(one.getFinalizers(), other.getFinalizers())
        || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp());
  }

  private void informerStopped(@Nullable Throwable failure) {
    if (failure != null && !closed.get()) {
      informerDied.set(true);
      log.atError().setCause(failure)
          .log("An informer ended for good: liveness fails so that the operator is restarted");
    }
  }

  private static ExecutorService workers() {
    return Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().daemon().name("serin-worker-", 0).factory());
  }
}
