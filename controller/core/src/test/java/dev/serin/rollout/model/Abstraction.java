package dev.serin.rollout.model;

import static dev.serin.rollout.model.Stored.BEFORE;

import dev.serin.rollout.Action;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Reason;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Maps worlds that differ only in what nothing depends on to one: instants, numbers, words.
final class Abstraction {

  /// A sequence above every order.
  private static final long AHEAD = 100;
  /// A sequence far below the orders of an earlier Rollout.
  private static final long BEHIND = 0;

  private Abstraction() {}

  /// The small world of `raw`, which became of the small world `before`.
  static World of(World before, World raw) {
    boolean same = raw.stored().record().equals(before.stored().record()) && Objects.equals(raw.late(), before.late())
        && resumed(raw) == resumed(before);
    return same ? raw : of(raw);
  }

  static World of(World raw) {
    Deployed deployed = raw.cluster().deployed();
    long resumed = resumed(raw);
    long[] numbers = {resumed, order(raw.state()), order(raw.late())};
    Arrays.sort(numbers);
    LongUnaryOperator rank = number -> rank(number, numbers);
    RolloutRecord record = raw.stored().record();
    long sequence = record.sequence() < AHEAD && resumed > 0 ? BEHIND : AHEAD;
    Stored stored = raw.stored().record(record(record, sequence, state(record.state(), rank)), raw.stored().attempt(),
        raw.stored().overtime());
    Deployed renumbered = deployed == null ? null : deployed.numbered(rank.applyAsLong(resumed));
    return new World(raw.cluster().deployed(renumbered), stored, late(raw.late(), rank), raw.events(), raw.looks());
  }

  private static long resumed(World world) {
    Deployed deployed = world.cluster().deployed();
    return deployed == null ? 0 : deployed.roll().resumed();
  }

  /// The place of `number` among the different numbers above 0, 0 for what is none of them.
  private static long rank(long number, long[] sorted) {
    long rank = 0;
    for (int i = 0; i < sorted.length && sorted[i] <= number; i++) {
      rank += sorted[i] > (i == 0 ? 0 : sorted[i - 1]) ? 1 : 0;
    }
    return rank;
  }

  private static RolloutRecord record(RolloutRecord raw, long sequence, RolloutState state) {
    return new RolloutRecord(sequence, raw.workloadUid(),
        raw.vetoes().stream().map(veto -> new Veto(veto.revision(), Reason.SignatureRegressed, "harm", BEFORE))
            .toList(),
        raw.history().stream().map(Abstraction::stable).toList(), raw.consumed(), state);
  }

  private static RolloutState state(RolloutState raw, LongUnaryOperator rank) {
    return switch (raw) {
      case RolloutState.Adopting adopting -> adopting;
      case RolloutState.Idle(var stable) -> new RolloutState.Idle(stable(stable));
      case RolloutState.Starting(var stable, var tried) -> new RolloutState.Starting(stable(stable), candidate(tried));
      case RolloutState.Raising(var stable, var tried, var step, var _) ->
        new RolloutState.Raising(stable(stable), candidate(tried), step, BEFORE);
      case RolloutState.Stepping(var stable, var tried, var step, var _) ->
        new RolloutState.Stepping(stable(stable), candidate(tried), step, BEFORE);
      case RolloutState.Promoting(var stable, var tried, var _, var order) ->
        new RolloutState.Promoting(stable(stable), candidate(tried), BEFORE, rank.applyAsLong(order));
      case RolloutState.Restoring(var stable, var tried, var _, var order, var next) ->
        new RolloutState.Restoring(stable(stable), candidate(tried), BEFORE, rank.applyAsLong(order), next);
      case RolloutState.Vetoed(var stable, var tried) -> new RolloutState.Vetoed(stable(stable), candidate(tried));
      case RolloutState.Overridden(var stable, var tried) ->
        new RolloutState.Overridden(stable(stable), candidate(tried));
    };
  }

  private static StableRevision stable(StableRevision raw) {
    return new StableRevision(raw.revision(), BEFORE);
  }

  private static Candidate candidate(Candidate raw) {
    return new Candidate(raw.revision(), BEFORE);
  }

  private static @Nullable Late late(@Nullable Late raw, LongUnaryOperator rank) {
    return raw == null ? null : new Late(switch (raw.decision()) {
      case Decision.Apply(Action.Resume(var order, var expected)) ->
        new Decision.Apply(new Action.Resume(rank.applyAsLong(order), expected));
      case Decision.Transition(var record, var report, var refusal) ->
        new Decision.Transition(numbered(record, rank), new Report(report.kind(), report.reason(), ""),
            refusal == null ? null : "");
      case Decision.Apply apply -> apply;
      case Decision.Wait wait -> wait;
    }, raw.checked());
  }

  /// A record that is still to be written: its instants say what is new in it.
  private static RolloutRecord numbered(RolloutRecord raw, LongUnaryOperator rank) {
    RolloutState state = switch (raw.state()) {
      case RolloutState.Promoting(var stable, var tried, var since, var order) ->
        new RolloutState.Promoting(stable, tried, since, rank.applyAsLong(order));
      case RolloutState.Restoring(var stable, var tried, var since, var order, var next) ->
        new RolloutState.Restoring(stable, tried, since, rank.applyAsLong(order), next);
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        raw.state();
    };
    RolloutRecord words = record(raw, raw.sequence(), state);
    return new RolloutRecord(raw.sequence(), raw.workloadUid(), words.vetoes(), words.history(), raw.consumed(), state);
  }

  private static long order(@Nullable Late late) {
    if (late == null) {
      return 0;
    }
    return switch (late.decision()) {
      case Decision.Apply(Action.Resume(var order, var _)) -> order;
      case Decision.Transition(var record, var _, var _) -> order(record.state());
      case Decision.Apply _,Decision.Wait _ -> 0;
    };
  }

  private static long order(RolloutState state) {
    return switch (state) {
      case RolloutState.Promoting promoting -> promoting.order();
      case RolloutState.Restoring restoring -> restoring.order();
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        0;
    };
  }
}
