package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.OperatorSettings;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.operator.notify.EventRecorder;
import dev.serin.operator.record.AnalysisStore;
import dev.serin.operator.record.RolloutStore;
import dev.serin.operator.source.PodLogSource;
import dev.serin.operator.source.SignatureSource;
import dev.serin.operator.traffic.ReplicaRatioRouter;
import dev.serin.operator.traffic.TrafficRouter;
import dev.serin.operator.workload.HoldProof;
import dev.serin.operator.workload.WorkloadReader;
import dev.serin.operator.workload.WorkloadWriter;
import dev.serin.signature.tenant.TenantKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the loop together: the one place that knows which router and which source there are.
@Factory
final class Loop {

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final int RANDOM_KEY = 32;

  @Singleton
  @Bean(preDestroy = "close")
  SignatureSource source(@Named("logs") KubernetesClient logs, InstantSource clock, SerinMetrics metrics,
      OperatorSettings settings) {
    return new PodLogSource(logs, clock, new MeteredSource(metrics), settings.logStreams());
  }

  @Singleton
  TenantKey tenantKey(OperatorSettings settings) {
    byte[] key = settings.tenantKey().getBytes(StandardCharsets.UTF_8);
    if (key.length == 0) {
      log.atWarn().log("No tenant key is set (serin.tenant-key): a random one is used until this process ends");
      key = new byte[RANDOM_KEY];
      new SecureRandom().nextBytes(key);
    }
    return new TenantKey(key);
  }

  @Singleton
  TrafficRouter router(@Named("api") KubernetesClient api) {
    return new ReplicaRatioRouter(api, Keys.FIELD_MANAGER);
  }

  @Singleton
  Releasing releasing(@Named("api") KubernetesClient api, EventRecorder events) {
    return new Releasing(new WorkloadWriter(api), events);
  }

  @Singleton
  @Named("sweep")
  Sweep sweep(@Named("api") KubernetesClient api, Releasing releasing, OperatorSettings settings) {
    return new Sweep(new WorkloadReader(api), new RolloutStore(api), releasing, settings);
  }

  @Singleton
  Gathering gathering(@Named("api") KubernetesClient api, TrafficRouter router, OperatorSettings settings) {
    return new Gathering(new WorkloadReader(api), new AnalysisStore(api), router,
        new HoldProof(api, settings.holdProof()));
  }

  @Singleton
  Applying applying(@Named("api") KubernetesClient api, TrafficRouter router, SignatureSource source,
      Releasing releasing, TenantKey tenantKey) {
    return new Applying(new WorkloadWriter(api), router, new RolloutStore(api), new AnalysisStore(api),
        new BurnIns(source), releasing, tenantKey);
  }

  @Singleton
  ReconcileParts parts(@Named("api") KubernetesClient api, SignatureSource source, Gathering gathering,
      Applying applying, Telling telling, Sweep sweep, TenantKey tenantKey) {
    var windowEvents = new WindowEvents();
    var trials = new Trials(source, tenantKey, windowEvents::closed, telling::resumed);
    return new ReconcileParts(new RolloutStore(api), gathering, new Judging(trials, new AnalysisStore(api)), applying,
        telling, trials, windowEvents, sweep);
  }

  @Singleton
  Reconciler<Rollout> reconciler(ReconcileParts parts, InstantSource clock, OperatorSettings settings) {
    return new RolloutReconciler(parts, clock, settings.relook());
  }

  @Singleton
  Telling telling(SerinMetrics metrics, EventRecorder events) {
    return new Telling(metrics, events);
  }
}
