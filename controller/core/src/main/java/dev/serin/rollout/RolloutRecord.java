package dev.serin.rollout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that the machine remembers about a Rollout.
///
/// @param sequence
///          grows with every recorded transition; fences late writes
/// @param vetoes
///          newest first, at most [#MAX_VETOES]
/// @param history
///          earlier stable revisions, newest first, at most [#MAX_HISTORY]
/// @param state
///          where the Rollout stands
public record RolloutRecord(long sequence, List<Veto> vetoes, List<StableRevision> history, RolloutState state) {

  public static final int MAX_VETOES = 10;
  public static final int MAX_HISTORY = 3;

  public RolloutRecord {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence must not be negative, was " + sequence);
    }
    vetoes = List.copyOf(vetoes.subList(0, Math.min(vetoes.size(), MAX_VETOES)));
    history = List.copyOf(history.subList(0, Math.min(history.size(), MAX_HISTORY)));
  }

  /// The record of a Rollout that was never looked at.
  public static RolloutRecord initial() {
    return new RolloutRecord(0, List.of(), List.of(), new RolloutState.Adopting());
  }

  /// The veto against `revision`, if there is one.
  public Optional<Veto> veto(Revision revision) {
    return vetoes.stream().filter(veto -> veto.revision().equals(revision)).findFirst();
  }

  RolloutRecord then(RolloutState next) {
    return new RolloutRecord(sequence + 1, vetoes, history, next);
  }

  RolloutRecord with(Veto veto) {
    return new RolloutRecord(sequence,
        Stream.concat(Stream.of(veto), without(veto.revision()).vetoes.stream()).toList(),
        history, state);
  }

  RolloutRecord without(Revision vetoed) {
    return new RolloutRecord(sequence,
        vetoes.stream().filter(veto -> !veto.revision().equals(vetoed)).toList(), history, state);
  }

  RolloutRecord succeeding(StableRevision former) {
    return new RolloutRecord(sequence, vetoes, Stream.concat(Stream.of(former),
        history.stream().filter(earlier -> !earlier.revision().equals(former.revision()))).toList(), state);
  }
}
