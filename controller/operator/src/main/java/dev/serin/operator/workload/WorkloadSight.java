package dev.serin.operator.workload;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.HardGuards;
import dev.serin.judge.PodFacts;
import dev.serin.judge.VerdictSentence;
import dev.serin.rollout.Canary;
import dev.serin.rollout.Workload;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a snapshot means to the machine.
public final class WorkloadSight {

  /// How long additional stable pods must have been ready before the canary grows with them.
  static final Duration SETTLING = Duration.ofSeconds(30);

  private WorkloadSight() {}

  /// The user's Deployment.
  public static Workload.Found workload(Rollout rollout, WorkloadSnapshot snapshot, Instant now) {
    DeploymentView stable = snapshot.stable();
    List<Instant> ready = snapshot.stablePods().stream().flatMap(pod -> pod.readySince().stream()).toList();
    int settled = (int) ready.stream().filter(since -> !since.plus(SETTLING).isAfter(now)).count();
    var running = snapshot.stablePods().stream().filter(pod -> !pod.terminating()).map(FleetPod::revision)
        .collect(Collectors.toSet());
    return new Workload.Found(stable.label(Keys.ROLLOUT).equals(rollout.getMetadata().getName()), snapshot.live(),
        new Workload.Hold(stable.paused(), stable.resumed()), new Workload.Fleet(stable.replicas(), ready.size(),
            settled, running, stable.complete(), stable.overdue(), stable.progressDeadline()),
        snapshot.kept(), stable.unsafeStrategy());
  }

  /// The canary Deployment.
  public static Canary canary(Rollout rollout, WorkloadSnapshot snapshot) {
    return snapshot.canary().<Canary>map(canary -> {
      if (!ownedBy(canary, rollout.getMetadata().getUid())) {
        return new Canary.Foreign(canary.name());
      }
      List<FleetPod> pods = snapshot.canaryPods();
      int ready = (int) pods.stream().filter(pod -> pod.readySince().isPresent()).count();
      return new Canary.Present(PodTemplate.of(canary.json()).revision(), canary.replicas(), pods.size(), ready,
          canary.terminating(), crashLoop(pods), notReady(pods));
    }).orElseGet(Canary.Absent::new);
  }

  private static @Nullable String crashLoop(List<FleetPod> pods) {
    var facts = pods.stream().filter(pod -> !pod.terminating())
        .map(pod -> new PodFacts(pod.name(), pod.restarts(), pod.waitingReason().orElse(null))).toList();
    return HardGuards.crashLoop(facts)
        .map(verdict -> VerdictSentence.of(verdict, SignatureId::value, ExposureKind.REQUESTS)).orElse(null);
  }

  private static @Nullable String notReady(List<FleetPod> pods) {
    return pods.stream().filter(pod -> !pod.terminating() && pod.readySince().isEmpty()).findFirst()
        .map(pod -> "pod " + pod.name() + ": " + pod.waitingReason().orElse("running, but its readiness check fails"))
        .orElse(null);
  }

  private static boolean ownedBy(DeploymentView deployment, String uid) {
    for (var reference : deployment.json().at("/metadata/ownerReferences")) {
      if (reference.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }
}
