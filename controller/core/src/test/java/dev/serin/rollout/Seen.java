package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
import dev.serin.plan.ReplicaRatio;
import dev.serin.plan.Weight;
import dev.serin.rollout.Observation.Leftovers;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Observation.Tenure;
import dev.serin.rollout.Observation.Wish;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Hold;
import dev.serin.rollout.Workload.Obstacle;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Observations for tests: ten stable pods, held candidate `bbb…`, changed by `with…` methods.
record Seen(Found workload, Canary canary, Attempt attempt, List<PlannedStep> steps, Requests requests, Tenure tenure,
    Leftovers leftovers) {

  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  static final Instant STARTED = NOON.minusSeconds(20);
  static final Revision STABLE = new Revision("aaaaaaaaaa");
  static final Revision CANDIDATE = new Revision("bbbbbbbbbb");
  static final Revision THIRD = new Revision("cccccccccc");
  static final StableRevision RUNNING = new StableRevision(STABLE, NOON.minusSeconds(3600));
  static final Candidate TRIED = new Candidate(CANDIDATE, NOON.minusSeconds(60));
  static final String UID = "uid-1";
  static final PlannedStep TEN = new PlannedStep(new Weight(100_000), Duration.ofMinutes(2), Duration.ofMinutes(30),
      false);
  static final PlannedStep HALF = new PlannedStep(new Weight(500_000), Duration.ofMinutes(2), Duration.ofMinutes(30),
      true);

  static Seen held() {
    return new Seen(
        new Found(UID, true, CANDIDATE, new Hold(true, false, 0, false, null, new Protection.Policy()),
            new Fleet(10, 10, 10, 10, Set.of(STABLE), Fleet.Roll.UNDER_WAY, false, Duration.ofMinutes(10)),
            Set.of(STABLE),
            null),
        new Canary.Absent(), new Attempt.Unopened(), List.of(TEN, HALF), Requests.NONE, new Tenure(false, false),
        Leftovers.NONE);
  }

  static Seen idle() {
    return held().live(STABLE).hold(false, 0).fleet(10, Set.of(STABLE), true);
  }

  static RolloutRecord recorded(RolloutState state, RolloutRecord.Veto... vetoes) {
    return new RolloutRecord(7, UID, List.of(vetoes), List.of(), Requests.NONE, state);
  }

  Seen live(Revision live) {
    return workload(new Found(workload.uid(), workload.labelled(), live, workload.hold(), workload.fleet(),
        workload.kept(), workload.obstacle()));
  }

  Seen uid(String uid) {
    return workload(new Found(uid, workload.labelled(), workload.live(), workload.hold(), workload.fleet(),
        workload.kept(), workload.obstacle()));
  }

  Seen unlabelled() {
    return workload(new Found(workload.uid(), false, workload.live(), workload.hold(), workload.fleet(),
        workload.kept(), workload.obstacle()));
  }

  Seen unsafe(String why) {
    return workload(new Found(workload.uid(), workload.labelled(), workload.live(), workload.hold(), workload.fleet(),
        workload.kept(), new Obstacle(Reason.UnsafeStrategy, why)));
  }

  Seen hold(boolean paused, long resumed) {
    Hold now = workload.hold();
    return hold(new Hold(paused, false, resumed, now.keptPaused(), now.releasedBy(), now.protection()));
  }

  Seen pausedByPerson(long resumed) {
    Hold now = workload.hold();
    return hold(new Hold(true, true, resumed, now.keptPaused(), now.releasedBy(), now.protection()));
  }

  Seen protection(Protection protection, boolean keptPaused) {
    Hold now = workload.hold();
    return hold(new Hold(now.paused(), now.pausedByPerson(), now.resumed(), keptPaused, now.releasedBy(), protection));
  }

  Seen hold(Hold hold) {
    return workload(new Found(workload.uid(), workload.labelled(), workload.live(), hold, workload.fleet(),
        workload.kept(), workload.obstacle()));
  }

  Seen kept(Revision... kept) {
    return workload(new Found(workload.uid(), workload.labelled(), workload.live(), workload.hold(), workload.fleet(),
        Set.of(kept), workload.obstacle()));
  }

  Seen fleet(int desired, Set<Revision> running, boolean complete) {
    return fleet(new Fleet(desired, desired, desired, desired, running,
        complete ? Fleet.Roll.COMPLETE : Fleet.Roll.UNDER_WAY, false, Duration.ofMinutes(10)));
  }

  Seen fleet(Fleet fleet) {
    return workload(new Found(workload.uid(), workload.labelled(), workload.live(), workload.hold(), fleet,
        workload.kept(), workload.obstacle()));
  }

  Seen workload(Found changed) {
    return new Seen(changed, canary, attempt, steps, requests, tenure, leftovers);
  }

  Seen canary(Revision revision, int replicas, int ready) {
    return canary(new Canary.Present(revision, replicas, replicas, ready, false, null, null));
  }

  Seen canary(Canary changed) {
    return new Seen(workload, changed, attempt, steps, requests, tenure, leftovers);
  }

  Seen ruling(Attempt.Ruling ruling) {
    return new Seen(workload, canary, new Attempt.Open(steps, ruling), steps, requests, tenure, leftovers);
  }

  Seen asked(@Nullable String approve, @Nullable String retry) {
    return new Seen(workload, canary, attempt, steps, new Requests(approve, retry), tenure, leftovers);
  }

  Seen approved(Revision revision, int step) {
    return asked(Requests.approval(revision, step), null);
  }

  Seen guarded() {
    return new Seen(workload, canary, attempt, steps, requests, new Tenure(true, tenure.leaving()), leftovers);
  }

  Seen leaving() {
    return new Seen(workload, canary, attempt, steps, requests, new Tenure(tenure.guarded(), true), leftovers);
  }

  Seen leftovers(Leftovers left) {
    return new Seen(workload, canary, attempt, steps, requests, tenure, left);
  }

  Observation observation() {
    return new Observation(workload, canary, attempt,
        new Wish(steps, Duration.ofMinutes(2), Duration.ofMinutes(30),
            ReplicaRatio.refusal(steps, Math.max(1, workload.fleet().desired())).orElse(null)),
        requests, tenure, leftovers);
  }

  Decision next(RolloutState state) {
    return next(recorded(state));
  }

  Decision next(RolloutRecord record) {
    return RolloutMachine.next(record, observation(), NOON);
  }
}
