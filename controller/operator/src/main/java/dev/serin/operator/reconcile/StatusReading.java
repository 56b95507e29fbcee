package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import dev.serin.rollout.Veto;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the machine's memory from a Rollout's status.
///
/// A status that somebody damaged never raises: what cannot be read becomes a state with less exposure.
final class StatusReading {

  private StatusReading() {}

  static RolloutRecord record(RolloutStatus status) {
    List<Veto> vetoes = status.vetoes().stream().map(veto -> new Veto(new Revision(veto.revision()),
        reason(veto.reason()), Objects.requireNonNullElse(veto.message(), ""), time(veto.at()))).toList();
    List<StableRevision> history = status.history().stream().map(StatusReading::stable).toList();
    return new RolloutRecord(Math.max(0, status.sequence()), vetoes, history, state(status));
  }

  /// The reason of this name; one written by a newer version reads as a mere hold.
  static Reason reason(@Nullable String name) {
    return Arrays.stream(Reason.values()).filter(reason -> reason.name().equals(name)).findFirst()
        .orElse(Reason.Collecting);
  }

  private static RolloutState state(RolloutStatus status) {
    if (status.stable() == null) {
      return new RolloutState.Adopting();
    }
    StableRevision stable = stable(status.stable());
    RolloutStatus.Candidate found = status.candidate();
    if (found == null) {
      return new RolloutState.Idle(stable);
    }
    Candidate candidate = new Candidate(new Revision(found.revision()), time(found.since()));
    RolloutStatus.Steps steps = status.steps();
    int step = steps == null ? 0 : steps.index();
    RolloutStatus.Promotion roll = status.promotion();
    Instant rollSince = roll == null ? Instant.EPOCH : time(roll.requestedAt());
    long order = roll == null ? status.sequence() : roll.sequence();
    return switch (found.state()) {
      case STARTING, UNKNOWN -> new RolloutState.Starting(stable, candidate);
      case RAISING -> steps == null || steps.approvedAt() == null
          ? new RolloutState.Starting(stable, candidate)
          : new RolloutState.Raising(stable, candidate, step, steps.approvedAt());
      case STEPPING -> steps == null || steps.startedAt() == null
          ? new RolloutState.Starting(stable, candidate)
          : new RolloutState.Stepping(stable, candidate, step, steps.startedAt());
      case PROMOTING -> roll == null
          ? new RolloutState.Starting(stable, candidate)
          : new RolloutState.Promoting(stable, candidate, rollSince, order);
      case RESTORING -> new RolloutState.Restoring(stable, candidate, rollSince, order);
      case ROLLED_BACK -> new RolloutState.Vetoed(stable, candidate);
      case OVERRIDDEN -> new RolloutState.Overridden(stable, candidate);
    };
  }

  private static StableRevision stable(RolloutStatus.Revision revision) {
    return new StableRevision(new Revision(revision.revision()), time(revision.since()));
  }

  private static Instant time(@Nullable Instant time) {
    return Objects.requireNonNullElse(time, Instant.EPOCH);
  }
}
