package dev.serin.operator.record;

import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the machine's memory from a Rollout's status.
///
/// A status that somebody damaged never raises: what cannot be read becomes a state with less exposure.
public final class StatusReading {

  private StatusReading() {}

  /// The memory that stands in a status.
  public static RolloutRecord record(RolloutStatus status) {
    List<Veto> vetoes = status.vetoes().stream()
        .flatMap(veto -> Revision.parse(veto.revision()).map(revision -> new Veto(
            revision, reason(veto.reason()), Objects.requireNonNullElse(veto.message(), ""), time(veto.at()))).stream())
        .toList();
    List<StableRevision> history = status.history().stream().flatMap(earlier -> stable(earlier).stream()).toList();
    RolloutStatus.Requests requests = status.requests();
    return new RolloutRecord(Math.max(0, status.sequence()), Objects.requireNonNullElse(status.workloadUid(), ""),
        vetoes, history,
        requests == null ? Requests.NONE : new Requests(requests.approve(), requests.retry()), state(status));
  }

  /// The memory beside the plan of its candidate: a step that the plan does not have reads as a trial that begins.
  ///
  /// @param record
  ///          from a status, whose schema allows any plan's steps
  /// @param attempt
  ///          the candidate's Analysis
  public static RolloutRecord within(Attempt attempt, RolloutRecord record) {
    if (!(attempt instanceof Attempt.Open open) || !(record.state() instanceof RolloutState.Underway state)) {
      return record;
    }
    int step = switch (state) {
      case RolloutState.Raising raising -> raising.step();
      case RolloutState.Stepping stepping -> stepping.step();
      case RolloutState.Starting _,RolloutState.Promoting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        0;
    };
    return step >= 0 && step < open.steps().size()
        ? record
        : new RolloutRecord(record.sequence(), record.workloadUid(), record.vetoes(), record.history(),
            record.consumed(), new RolloutState.Starting(state.stable(), state.candidate()));
  }

  /// The reason of this name; one written by a newer version reads as a mere hold.
  public static Reason reason(@Nullable String name) {
    return Arrays.stream(Reason.values()).filter(reason -> reason.name().equals(name)).findFirst()
        .orElse(Reason.Collecting);
  }

  private static RolloutState state(RolloutStatus status) {
    Optional<StableRevision> known = stable(status.stable());
    if (known.isEmpty()) {
      return new RolloutState.Adopting();
    }
    StableRevision stable = known.get();
    RolloutStatus.Candidate found = status.candidate();
    Optional<Revision> revision = Revision.parse(found == null ? null : found.revision());
    if (found == null || revision.isEmpty()) {
      return new RolloutState.Idle(stable);
    }
    Candidate candidate = new Candidate(revision.get(), time(found.since()));
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
      case RESTORING -> new RolloutState.Restoring(stable, candidate, rollSince, order,
          Revision.parse(roll == null ? null : roll.next()).orElse(null));
      case ROLLED_BACK -> new RolloutState.Vetoed(stable, candidate);
      case OVERRIDDEN -> new RolloutState.Overridden(stable, candidate);
    };
  }

  private static Optional<StableRevision> stable(RolloutStatus.@Nullable Revision written) {
    return written == null
        ? Optional.empty()
        : Revision.parse(written.revision()).map(revision -> new StableRevision(revision, time(written.since())));
  }

  private static Instant time(@Nullable Instant time) {
    return Objects.requireNonNullElse(time, Instant.EPOCH);
  }
}
