package dev.serin.rollout.model;

import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Canary;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation;
import dev.serin.rollout.Reason;
import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import dev.serin.rollout.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A machine that decides wrongly in one respect.
enum Fault implements Machine {

  ADDS_PODS_BEFORE_THE_STEP_IS_RECORDED("I1 the canary") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Starting && recorded(right) instanceof RolloutState.Raising
          ? new Decision.Apply(new Action.ScaleCanary(0, 1))
          : right;
    }
  },

  SKIPS_A_STEP("I2 the approved step") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Starting
          && recorded(right) instanceof RolloutState.Raising(var stable, var candidate, var step, var since)
              ? recording(record, new RolloutState.Raising(stable, candidate, step + 1, since))
              : right;
    }
  },

  TAKES_AN_ADVANCE_OF_AN_EARLIER_STEP("I2 the approved step") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      boolean advance = seen.attempt() instanceof Attempt.Open(var _, Attempt.Advance _);
      return RolloutMachine.next(record, advance ? ruling(seen, advance(record, now)) : seen, now);
    }
  },

  TAKES_SILENCE_FOR_HEALTH("I2 the approved step") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      boolean silent = seen.attempt() instanceof Attempt.Open(var _, Attempt.Stay _);
      return RolloutMachine.next(record, silent ? ruling(seen, advance(record, now)) : seen, now);
    }
  },

  STARTS_A_STEP_WITHOUT_PODS("a step starts") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return record.state() instanceof RolloutState.Raising(var stable, var candidate, var step, var _)
          && seen.canary() instanceof Canary.Present canary && canary.replicas() == 0
              ? recording(record, new RolloutState.Stepping(stable, candidate, step, now))
              : RolloutMachine.next(record, seen, now);
    }
  },

  LEAVES_THE_OLDER_CANARY_SERVING("I1 the canary") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      boolean superseded = record.state() instanceof RolloutState.Stepping state
          && seen.workload() instanceof Workload.Found found && !found.live().equals(state.candidate().revision());
      return RolloutMachine.next(record, superseded ? canary(seen, new Canary.Absent()) : seen, now);
    }
  },

  SERVES_BESIDE_AN_ORPHAN("I4") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return RolloutMachine.next(record, new Observation(seen.workload(), seen.canary(), seen.attempt(), seen.wish(),
          seen.requests(), seen.tenure(), new Observation.Leftovers(null, seen.leftovers().analysis())), now);
    }
  },

  DELETES_A_SERVING_CANARY("I6") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return right instanceof Decision.Apply(Action.ScaleCanary(var _, var to)) && to == 0
          ? new Decision.Apply(new Action.DeleteCanary())
          : right;
    }
  },

  NEVER_DELETES_THE_CANARY("I23") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return right instanceof Decision.Apply(Action.DeleteCanary()) ? WAIT : right;
    }
  },

  RECORDS_A_VETO_BESIDE_A_CANARY_THAT_A_LATE_RAISE_FINDS("I1 the canary") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      boolean empty = seen.canary() instanceof Canary.Present canary && canary.replicas() == 0;
      return record.state() instanceof RolloutState.Raising && empty && condemned(seen) && !seen.tenure().leaving()
          ? RolloutMachine.next(record, canary(seen, new Canary.Absent()), now)
          : RolloutMachine.next(record, seen, now);
    }
  },

  REFUSES_WHILE_A_LATE_RESUME_MAY_ARRIVE("I3 no revision is resumed") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Promoting(var stable, var candidate, var since, var order)
          && right instanceof Decision.Apply(Action.RestoreTemplate _)
              ? new Decision.Transition(
                  new RolloutRecord(record.sequence() + 1, record.workloadUid(),
                      List.of(new RolloutRecord.Veto(candidate.revision(), Reason.SignatureRegressed, "harm", since)),
                      record.history(), record.consumed(),
                      new RolloutState.Restoring(stable, candidate, now, order + 1, null)),
                  WAIT.report(), null)
              : right;
    }
  },

  PROMOTES_A_VETOED_REVISION("I2 a promotion") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Vetoed(var stable, var candidate) && right instanceof Decision.Wait
          ? recording(record, new RolloutState.Promoting(stable, candidate, now, record.sequence() + 1))
          : right;
    }
  },

  FORGETS_VETOES("I3 a veto ends") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return RolloutMachine.next(record, seen, now) instanceof Decision.Transition(var after, var report, var refusal)
          && !record.vetoes().isEmpty()
              ? new Decision.Transition(new RolloutRecord(after.sequence(), after.workloadUid(), List.of(),
                  after.history(), after.consumed(), after.state()), report, refusal)
              : RolloutMachine.next(record, seen, now);
    }
  },

  IGNORES_THE_VERDICT_WHILE_PROMOTING("I22") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      boolean late = record.state() instanceof RolloutState.Promoting && condemned(seen);
      return RolloutMachine.next(record, late ? ruling(seen, Stored.STAY) : seen, now);
    }
  },

  RECORDS_STABLE_BEFORE_THE_ROLL_IS_OVER("I7") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return right instanceof Decision.Wait
          && record.state() instanceof RolloutState.Promoting(var _, var candidate, var since, var _)
              ? recording(record, new RolloutState.Idle(
                  new StableRevision(candidate.revision(), since)))
              : right;
    }
  },

  RESUMES_WHAT_A_PERSON_PAUSED("I12") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return right instanceof Decision.Wait(Report(var _, var reason, var _), var _) && reason == Reason.PausedByPerson
          && record.state() instanceof RolloutState.Promoting(var _, var candidate, var _, var order)
              ? new Decision.Apply(new Action.Resume(order, candidate.revision()))
              : right;
    }
  },

  LOSES_A_TEMPLATE_PUSHED_MEANWHILE("a template of people") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Promoting promoting
          && right instanceof Decision.Apply(Action.KeepTemplate(var revision))
          && !revision.equals(promoting.candidate().revision())
              ? new Decision.Apply(new Action.RestoreTemplate(promoting.stable().revision()))
              : right;
    }
  },

  CONDEMNS_FOR_WANT_OF_STABLE_PODS("a candidate is condemned") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return record.state() instanceof RolloutState.Raising raising && seen.canary() instanceof Canary.Present canary
          && canary.ready() == canary.replicas() && now.isAfter(raising.since().plus(Deployed.DEADLINE))
              ? new Decision.Apply(
                  new Action.Condemn(new Attempt.RollBack(Reason.CanaryNotReady, "no pod was created")))
              : RolloutMachine.next(record, seen, now);
    }
  },

  LETS_THE_ROLLOUT_GO_BEFORE_ITS_CANARY("the canary is made under") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return seen.tenure().leaving() && seen.tenure().guarded() && seen.canary() instanceof Canary.Present
          ? new Decision.Apply(new Action.Unguard())
          : RolloutMachine.next(record, seen, now);
    }
  },

  STOPS_WHAT_A_PERSON_RELEASED("what a person released") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return record.state() instanceof RolloutState.Overridden && seen.workload() instanceof Workload.Found found
          && !found.hold().paused()
              ? new Decision.Apply(new Action.KeepPaused())
              : RolloutMachine.next(record, seen, now);
    }
  },

  DROPS_THE_STABLE_TEMPLATE("I18") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return record.state() instanceof RolloutState.Starting starting && seen.workload() instanceof Workload.Found found
          && found.kept().contains(starting.stable().revision())
              ? new Decision.Apply(new Action.DropTemplate(starting.stable().revision()))
              : RolloutMachine.next(record, seen, now);
    }
  },

  NEVER_STOPS_WRITING("I20") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      Decision right = RolloutMachine.next(record, seen, now);
      return record.state() instanceof RolloutState.Idle && right instanceof Decision.Wait
          ? recording(record, record.state())
          : right;
    }
  },

  ACTS_ON_A_REQUEST_THAT_MEANS_NOTHING("I13") {
    @Override
    public Decision next(RolloutRecord record, Observation seen, Instant now) {
      return record.state() instanceof RolloutState.Idle && seen.requests().retry() != null
          && !Objects.equals(seen.requests(), record.consumed())
              ? recording(new RolloutRecord(record.sequence(), "", record.vetoes(), record.history(), seen.requests(),
                  record.state()), new RolloutState.Adopting())
              : RolloutMachine.next(record, seen, now);
    }
  };

  private static final Decision.Wait WAIT = new Decision.Wait(
      new Report(Report.Kind.RECONCILING, Reason.RemovingCanary, "waits"), Duration.ofSeconds(5));

  private final String rule;

  Fault(String rule) {
    this.rule = rule;
  }

  /// How the name of the rule begins that finds it.
  String rule() {
    return rule;
  }

  /// Whether no single move is wrong, but where they lead.
  boolean showsLater() {
    return rule.matches("I13|I2[0-3]");
  }

  private static @Nullable RolloutState recorded(Decision decision) {
    return decision instanceof Decision.Transition(var record, var _, var _) ? record.state() : null;
  }

  private static Decision recording(RolloutRecord record, RolloutState state) {
    return new Decision.Transition(new RolloutRecord(record.sequence() + 1, record.workloadUid(), record.vetoes(),
        record.history(), record.consumed(), state), WAIT.report(), null);
  }

  private static Attempt.Ruling advance(RolloutRecord record, Instant now) {
    return record.state() instanceof RolloutState.Stepping stepping
        ? new Attempt.Advance(stepping.step(), stepping.startedAt(), "good")
        : new Attempt.Advance(0, now, "good");
  }

  private static boolean condemned(Observation seen) {
    return seen.attempt() instanceof Attempt.Open(var _, Attempt.RollBack _);
  }

  private static Observation ruling(Observation seen, Attempt.Ruling ruling) {
    Attempt attempt = seen.attempt() instanceof Attempt.Open(var steps, var _)
        ? new Attempt.Open(steps, ruling)
        : seen.attempt();
    return new Observation(seen.workload(), seen.canary(), attempt, seen.wish(), seen.requests(), seen.tenure(),
        seen.leftovers());
  }

  private static Observation canary(Observation seen, Canary canary) {
    return new Observation(seen.workload(), canary, seen.attempt(), seen.wish(), seen.requests(), seen.tenure(),
        seen.leftovers());
  }
}
