package dev.serin.rollout;

import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Observations for tests: ten stable pods, held candidate `bbb…`, changed by `with…` methods.
record Seen(Found workload, Canary canary, Attempt attempt, List<PlannedStep> steps,
    Observation.@Nullable Approval approval) {

  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  static final Revision STABLE = new Revision("aaaaaaaaaa");
  static final Revision CANDIDATE = new Revision("bbbbbbbbbb");
  static final Revision THIRD = new Revision("cccccccccc");
  static final StableRevision RUNNING = new StableRevision(STABLE, NOON.minusSeconds(3600));
  static final Candidate TRIED = new Candidate(CANDIDATE, NOON.minusSeconds(60));
  static final PlannedStep TEN = new PlannedStep(new Weight(100_000), Duration.ofMinutes(2), Duration.ofMinutes(30),
      false);
  static final PlannedStep HALF = new PlannedStep(new Weight(500_000), Duration.ofMinutes(2), Duration.ofMinutes(30),
      true);

  static Seen held() {
    return new Seen(
        new Found(true, CANDIDATE, new Hold(true, 0),
            new Fleet(10, 10, 10, Set.of(STABLE), false, false, Duration.ofMinutes(10)), Set.of(STABLE), null),
        new Canary.Absent(), new Attempt.Unopened(), List.of(TEN, HALF), null);
  }

  static Seen idle() {
    return held().live(STABLE).hold(false, 0).fleet(10, Set.of(STABLE), true);
  }

  Seen live(Revision live) {
    return workload(new Found(workload.labelled(), live, workload.hold(), workload.fleet(), workload.kept(), null));
  }

  Seen hold(boolean paused, long resumed) {
    return workload(new Found(workload.labelled(), workload.live(), new Hold(paused, resumed), workload.fleet(),
        workload.kept(), null));
  }

  Seen kept(Revision... kept) {
    return workload(new Found(workload.labelled(), workload.live(), workload.hold(), workload.fleet(), Set.of(kept),
        null));
  }

  Seen fleet(int desired, Set<Revision> running, boolean complete) {
    return fleet(new Fleet(desired, desired, desired, running, complete, false, Duration.ofMinutes(10)));
  }

  Seen fleet(Fleet fleet) {
    return workload(new Found(workload.labelled(), workload.live(), workload.hold(), fleet, workload.kept(), null));
  }

  Seen workload(Found changed) {
    return new Seen(changed, canary, attempt, steps, approval);
  }

  Seen canary(Revision revision, int replicas, int ready) {
    return canary(new Canary.Present(revision, replicas, replicas, ready, false, null, null));
  }

  Seen canary(Canary changed) {
    return new Seen(workload, changed, attempt, steps, approval);
  }

  Seen ruling(Ruling ruling) {
    return new Seen(workload, canary, new Attempt.Open(steps, ruling), steps, approval);
  }

  Seen approved(Revision revision, int step) {
    return new Seen(workload, canary, attempt, steps, new Observation.Approval(revision, step));
  }

  Observation observation() {
    return new Observation(workload, canary, attempt,
        new Wish(steps, Duration.ofMinutes(2), Duration.ofMinutes(30),
            ReplicaRatio.refusal(steps, Math.max(1, workload.fleet().desired())).orElse(null)),
        approval);
  }

  Decision next(RolloutState state) {
    return next(new RolloutRecord(7, List.of(), List.of(), state));
  }

  Decision next(RolloutRecord record) {
    return RolloutMachine.next(record, observation(), NOON);
  }
}
