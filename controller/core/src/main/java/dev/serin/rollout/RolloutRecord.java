package dev.serin.rollout;

import dev.serin.rollout.Observation.Requests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that the machine remembers about a Rollout.
///
/// @param sequence
///          grows with every recorded change of state; fences late writes
/// @param workloadUid
///          uid of the Deployment that this speaks of, empty before one is adopted
/// @param vetoes
///          newest first, at most [#MAX_VETOES]
/// @param history
///          earlier stable revisions, newest first, at most [#MAX_HISTORY]
/// @param consumed
///          the requests of people that were acted on or refused last
/// @param state
///          where the Rollout stands
public record RolloutRecord(long sequence, String workloadUid, List<Veto> vetoes, List<StableRevision> history,
    Requests consumed, RolloutState state) {

  public static final int MAX_VETOES = 10;
  public static final int MAX_HISTORY = 3;

  public RolloutRecord {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence must not be negative, was " + sequence);
    }
    vetoes = List.copyOf(vetoes.subList(0, Math.min(vetoes.size(), MAX_VETOES)));
    history = List.copyOf(history.subList(0, Math.min(history.size(), MAX_HISTORY)));
  }

  /// Why a revision must not run again: re-applying it changes nothing.
  ///
  /// @param revision
  ///          the revision refused
  /// @param reason
  ///          what was found
  /// @param message
  ///          one sentence with the numbers
  /// @param at
  ///          when it was decided
  public record Veto(Revision revision, Reason reason, String message, Instant at) {}

  /// The record of a Rollout that was never looked at.
  public static RolloutRecord initial() {
    return new RolloutRecord(0, "", List.of(), List.of(), Requests.NONE, new RolloutState.Adopting());
  }

  /// The veto against `revision`, if there is one.
  public Optional<Veto> veto(Revision revision) {
    return vetoes.stream().filter(veto -> veto.revision().equals(revision)).findFirst();
  }

  /// Whether this revision was stable before, and no veto speaks against it.
  boolean trusts(Revision revision) {
    return history.stream().anyMatch(earlier -> earlier.revision().equals(revision)) && veto(revision).isEmpty();
  }

  /// Whether the template of this revision may still be needed.
  boolean remembers(Revision revision) {
    return history.stream().anyMatch(earlier -> earlier.revision().equals(revision))
        || (state instanceof RolloutState.Adopted adopted && adopted.stable().revision().equals(revision));
  }

  RolloutRecord then(String uid, RolloutState next) {
    return new RolloutRecord(sequence + 1, uid, vetoes, history, consumed, next);
  }

  RolloutRecord with(Veto veto) {
    return vetoing(Stream.concat(Stream.of(veto), without(veto.revision()).vetoes.stream()).toList());
  }

  RolloutRecord without(Revision vetoed) {
    return vetoing(vetoes.stream().filter(veto -> !veto.revision().equals(vetoed)).toList());
  }

  RolloutRecord succeeding(StableRevision former) {
    return new RolloutRecord(sequence, workloadUid, vetoes, Stream.concat(Stream.of(former),
        history.stream().filter(earlier -> !earlier.revision().equals(former.revision()))).toList(), consumed, state);
  }

  RolloutRecord consuming(Requests acted) {
    return new RolloutRecord(sequence, workloadUid, vetoes, history, acted, state);
  }

  private RolloutRecord vetoing(List<Veto> changed) {
    return new RolloutRecord(sequence, workloadUid, changed, history, consumed, state);
  }
}
