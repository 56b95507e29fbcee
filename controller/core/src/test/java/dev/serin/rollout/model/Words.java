package dev.serin.rollout.model;

import dev.serin.rollout.Attempt;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A world in a few lines, for traces.
final class Words {

  private Words() {}

  static String of(World world) {
    RolloutRecord record = world.stored().record();
    Stored stored = world.stored();
    String rollout = state(record.state()) + (stored.life() == Stored.Life.STAYING ? "" : ", " + stored.life())
        + (stored.overtime() ? ", deadline passed" : "") + (stored.guarded() ? ", guarded" : "") + "; vetoes "
        + names(record.vetoes().stream().map(RolloutRecord.Veto::revision).toList()) + " history "
        + names(record.history().stream().map(former -> former.revision()).toList()) + " sequence "
        + record.sequence() + " of " + (record.workloadUid().isEmpty() ? "nothing" : record.workloadUid());
    return "    " + rollout + "\n    " + attempt(stored.attempt()) + ", asked " + stored.asked() + ", consumed "
        + record.consumed() + "\n    " + deployed(world.cluster().deployed()) + "\n    "
        + canary(world.cluster().canary()) + ", orphan " + world.cluster().orphan() + ", kept "
        + names(world.cluster().kept()) + ", held by " + world.cluster().shield()
        + (world.late() == null ? "" : "\n    pending: " + world.late());
  }

  private static String state(RolloutState state) {
    return state.getClass().getSimpleName() + switch (state) {
      case RolloutState.Underway underway -> "(" + name(underway.stable().revision()) + " -> "
          + name(underway.candidate().revision()) + switch (underway) {
            case RolloutState.Raising raising -> ", step " + raising.step();
            case RolloutState.Stepping stepping -> ", step " + stepping.step();
            case RolloutState.Promoting promoting -> ", order " + promoting.order();
            case RolloutState.Restoring restoring ->
              ", order " + restoring.order() + ", next " + (restoring.next() == null ? "-" : name(restoring.next()));
            default -> "";
          } + ")";
      case RolloutState.Idle idle -> "(" + name(idle.stable().revision()) + ")";
      case RolloutState.Adopting _ -> "";
    };
  }

  private static String attempt(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Unopened() -> "no Analysis";
      case Attempt.Open(var steps, Attempt.Advance(var step, var started, var _)) -> "Analysis of " + steps.size()
          + " steps: advance from " + step + (started.equals(Stored.BEFORE) ? "" : " (long ago)");
      case Attempt.Open(var steps, var ruling) ->
        "Analysis of " + steps.size() + " steps: " + ruling.getClass().getSimpleName();
    };
  }

  private static String deployed(@Nullable Deployed deployed) {
    return deployed == null
        ? "no Deployment"
        : "Deployment " + name(deployed.live()) + (deployed.labelled() ? "" : " unlabelled")
            + (deployed.roll().paused() ? " paused" : "") + switch (deployed.roll().by()) {
              case NOBODY -> "";
              case OURS -> " resumed by us";
              case PERSON -> " by a person";
            }
            + (deployed.roll().keptPaused() ? " marked" : "") + " resumed " + deployed.roll().resumed() + ", "
            + deployed.desired() + " pods of " + names(deployed.pods().running()) + " " + deployed.pods().health()
            + (deployed.pods().overdue() ? " overdue" : "");
  }

  private static String canary(@Nullable Carrier canary) {
    return canary == null
        ? "no canary"
        : "canary " + name(canary.revision()) + " " + canary.ready() + "/" + canary.replicas()
            + (canary.ending() ? " ending" : "") + (canary.terminating() ? " terminating" : "")
            + (canary.crashing() ? " crashing" : "");
  }

  private static String name(Revision revision) {
    return revision.value().substring(0, 1).toUpperCase(Locale.ROOT);
  }

  private static String names(Collection<Revision> revisions) {
    return revisions.stream().map(Words::name).sorted().collect(Collectors.joining("", "[", "]"));
  }
}
