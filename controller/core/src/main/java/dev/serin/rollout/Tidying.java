package dev.serin.rollout;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What is done when nothing more important is to be done, and what must not be there at all.
final class Tidying {

  private Tidying() {}

  /// An orphaned canary's ReplicaSet: the user's Deployment would move stable pods to it.
  static Optional<Decision> stray(Observation seen) {
    return Optional.ofNullable(seen.leftovers().stray()).flatMap(stray -> {
      if (stray.replicas() > 0) {
        return Optional.of(new Decision.Apply(new Action.EmptyStray(stray.name())));
      }
      return stray.pods() == 0
          ? Optional.of(new Decision.Apply(new Action.DeleteStray(stray.name())))
          : Optional.empty();
    });
  }

  /// The decision, or tidying where it is to wait.
  static Decision after(RolloutRecord record, Observation seen, Decision decision) {
    if (!(decision instanceof Decision.Wait(var report, var _))) {
      return decision;
    }
    if (seen.tenure().guarded() && seen.canary() instanceof Canary.Absent && !wantsCanary(record.state())) {
      return new Decision.Apply(new Action.Unguard());
    }
    Optional<Decision> dropped = surplus(record, seen);
    if (dropped.isPresent()) {
      return dropped.get();
    }
    return settled(record, seen, report).orElse(decision);
  }

  private static boolean wantsCanary(RolloutState state) {
    return switch (state) {
      case RolloutState.Starting _,RolloutState.Raising _,RolloutState.Stepping _ -> true;
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Promoting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        false;
    };
  }

  /// What is surplus at rest. A vetoed version may be tried again, so the templates stay beside it.
  private static Optional<Decision> surplus(RolloutRecord record, Observation seen) {
    boolean idle = record.state() instanceof RolloutState.Idle;
    if (!idle && !(record.state() instanceof RolloutState.Vetoed)) {
      return Optional.empty();
    }
    Optional<Decision> template = idle ? forgotten(record, seen) : Optional.empty();
    return template.or(() -> Optional.ofNullable(seen.leftovers().analysis())
        .map(name -> new Decision.Apply(new Action.DropAnalysis(name))));
  }

  private static Optional<Decision> forgotten(RolloutRecord record, Observation seen) {
    Set<Revision> kept = seen.workload() instanceof Workload.Found found ? found.kept() : Set.of();
    return kept.stream().filter(revision -> !record.remembers(revision))
        .min((one, other) -> one.value().compareTo(other.value()))
        .map(revision -> new Decision.Apply(new Action.DropTemplate(revision)));
  }

  /// Requests that nothing waits for are refused once, one at a time, so that each gets its event; requests that were
  /// taken away are forgotten.
  private static Optional<Decision> settled(RolloutRecord record, Observation seen, Report report) {
    Requests asked = seen.requests();
    Requests open = asked.beyond(record.consumed());
    boolean staleApproval = open.approve() != null && !(seen.workload() instanceof Workload.Found
        && wantsApproval(record.state(), open));
    boolean staleRetry = !staleApproval && open.retry() != null && !condemned(record, seen, open)
        && record.vetoes().stream().noneMatch(veto -> open.retries(veto.revision()));
    Requests consumed = new Requests(
        asked.approve() == null || staleApproval ? asked.approve() : record.consumed().approve(),
        asked.retry() == null || staleRetry ? asked.retry() : record.consumed().retry());
    if (Objects.equals(consumed, record.consumed())) {
      return Optional.empty();
    }
    String refusal = staleApproval ? Messages.staleApproval(open) : staleRetry ? Messages.staleRetry(open) : null;
    return Optional.of(new Decision.Transition(record.consuming(consumed), report, refusal));
  }

  /// Whether the veto that a retry means is still to be recorded, once the canary is gone.
  private static boolean condemned(RolloutRecord record, Observation seen, Requests open) {
    return seen.attempt() instanceof Attempt.Open(var _, Attempt.RollBack _)
        && record.state() instanceof RolloutState.Underway underway && open.retries(underway.candidate().revision());
  }

  private static boolean wantsApproval(RolloutState state, Requests open) {
    return switch (state) {
      case RolloutState.Starting starting -> open.approvesFrom(starting.candidate().revision(), 0);
      case RolloutState.Raising raising -> open.approvesFrom(raising.candidate().revision(), raising.step());
      case RolloutState.Stepping stepping -> open.approvesFrom(stepping.candidate().revision(), stepping.step());
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Promoting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        false;
    };
  }
}
