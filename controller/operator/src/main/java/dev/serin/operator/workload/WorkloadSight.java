package dev.serin.operator.workload;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.judge.HardGuards;
import dev.serin.judge.PodFacts;
import dev.serin.judge.VerdictSentence;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.rollout.Canary;
import dev.serin.rollout.Observation.Stray;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a snapshot means to the machine.
public final class WorkloadSight {

  /// How long additional stable pods must have been ready before the canary grows with them.
  static final Duration SETTLING = Duration.ofSeconds(30);

  /// Windows that a pod must have served when it is warm, the last of which may close late.
  private static final int WINDOWS = 3;

  private WorkloadSight() {}

  /// The user's Deployment.
  public static Workload.Found workload(Rollout rollout, WorkloadSnapshot snapshot, Workload.Protection protection,
      Instant now) {
    DeploymentView stable = snapshot.stable();
    List<Instant> ready = snapshot.stablePods().stream().flatMap(pod -> pod.readySince().stream()).toList();
    int settled = ready(ready, SETTLING, now);
    var analysis = rollout.getSpec().analysis();
    int watched = ready(ready, analysis.warmupValue().plus(analysis.windowValue().multipliedBy(WINDOWS)), now);
    var running = snapshot.stablePods().stream().filter(pod -> !pod.terminating()).map(FleetPod::revision)
        .collect(Collectors.toSet());
    String releasedBy = stable.annotation(Keys.RELEASED_BY);
    String mark = stable.annotation(Keys.HOLD);
    // Where it is not to be kept paused any more, every mark has to go.
    boolean keptPaused = protection instanceof Workload.Protection.KeptPaused
        ? mark.equals(Keys.ALWAYS)
        : !mark.isEmpty();
    var hold = new Workload.Hold(stable.paused(), stable.pausedByPerson(), stable.resumed(), keptPaused,
        releasedBy.isEmpty() ? null : releasedBy, protection);
    return new Workload.Found(stable.uid(), stable.label(Keys.ROLLOUT).equals(rollout.getMetadata().getName()),
        snapshot.live(),
        hold, new Workload.Fleet(stable.replicas(), ready.size(),
            settled, watched, running, stable.roll(), stable.overdue(), stable.progressDeadline()),
        snapshot.kept(), obstacle(rollout, stable));
  }

  private static int ready(List<Instant> since, Duration atLeast, Instant now) {
    return (int) since.stream().filter(ready -> !ready.plus(atLeast).isAfter(now)).count();
  }

  private static Workload.@Nullable Obstacle obstacle(Rollout rollout, DeploymentView stable) {
    // The strategy first: whoever asks only whether a roll is safe must not be told of something else.
    String strategy = stable.unsafeStrategy();
    if (strategy != null) {
      return new Workload.Obstacle(Reason.UnsafeStrategy, strategy);
    }
    String label = stable.reservedLabel();
    if (label != null) {
      return new Workload.Obstacle(Reason.ReservedLabel, label);
    }
    String container = rollout.getSpec().analysis().logContainer().map(stable::unknownContainer).orElse(null);
    return container == null ? null : new Workload.Obstacle(Reason.ContainerNotFound, container);
  }

  /// The canary Deployment.
  public static Canary canary(Rollout rollout, Optional<CanarySnapshot> snapshot) {
    return snapshot.<Canary>map(canary -> {
      DeploymentView view = canary.deployment();
      if (!ours(rollout, view)) {
        return new Canary.Foreign(view.name());
      }
      int ready = (int) canary.pods().stream().filter(pod -> pod.readySince().isPresent()).count();
      int ending = (int) canary.pods().stream().filter(FleetPod::terminating).count();
      return new Canary.Present(PodTemplate.of(view.json()).revision(), view.replicas(), canary.pods().size(), ending,
          ready, view.terminating(), crashLoop(canary.pods()), unready(canary.pods()),
          Revision.parse(view.label(Keys.REVISION)).orElse(null));
    }).orElseGet(Canary.Absent::new);
  }

  private static boolean ours(Rollout rollout, DeploymentView canary) {
    var metadata = rollout.getMetadata();
    // A Rollout deleted with --cascade=orphan: the owner is taken off the canary, which must not serve for ever.
    boolean orphaned = metadata.getDeletionTimestamp() != null && canary.ownerless()
        && canary.label(Keys.ROLLOUT).equals(metadata.getName());
    return canary.label(Keys.ARM).equals(Keys.CANARY) && (orphaned || canary.ownedBy(metadata.getUid()));
  }

  /// A ReplicaSet of an orphaned canary, if there is one.
  public static @Nullable Stray stray(WorkloadSnapshot snapshot) {
    return snapshot.stray().map(set -> new Stray(set.name(), set.replicas(), set.pods())).orElse(null);
  }

  private static @Nullable String crashLoop(List<FleetPod> pods) {
    var facts = pods.stream().filter(pod -> !pod.terminating())
        .map(pod -> new PodFacts(pod.name(), pod.restarts(), pod.waitingReason().orElse(null))).toList();
    return HardGuards.crashLoop(facts)
        .map(VerdictSentence::ofCrashLoop).orElse(null);
  }

  private static Canary.@Nullable Unready unready(List<FleetPod> pods) {
    return pods.stream().filter(pod -> !pod.terminating() && pod.readySince().isEmpty())
        .min(Comparator.comparing(FleetPod::unreadySince))
        .map(pod -> new Canary.Unready("pod " + pod.name() + ": " + pod.unreadyBecause(), pod.unreadySince()))
        .orElse(null);
  }
}
