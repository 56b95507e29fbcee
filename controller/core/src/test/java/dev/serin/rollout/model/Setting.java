package dev.serin.rollout.model;

import static dev.serin.rollout.model.Cluster.A;
import static dev.serin.rollout.model.Cluster.B;
import static dev.serin.rollout.model.Cluster.C;

import dev.serin.plan.PlannedStep;
import dev.serin.plan.Weight;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.RolloutState.Idle;
import dev.serin.rollout.RolloutState.Vetoed;
import dev.serin.rollout.StableRevision;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Deployed.Hand;
import dev.serin.rollout.model.Deployed.Health;
import dev.serin.rollout.model.Deployed.Pods;
import dev.serin.rollout.model.Deployed.Switch;
import dev.serin.rollout.model.Stored.Life;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Where a search begins, and how much may happen on each path.
///
/// @param shield
///          what holds templates
/// @param steps
///          the steps that the spec asks for; none means the default ones
/// @param past
///          what went before
/// @param events
///          how often people act
/// @param looks
///          how often a second controller looks and writes later
/// @param fence
///          what is read again before a raise is written
record Setting(Shield shield, Past past, List<PlannedStep> steps, int events, int looks, Fence fence) {

  static final int PODS = 4;

  private static final StableRevision STABLE = new StableRevision(A, Stored.BEFORE);

  /// One pod, then as many as stable after an approval.
  static final List<PlannedStep> APPROVED = List.of(step(200_000, false), step(500_000, true));

  /// What is read again before a raise is written.
  enum Fence {
    /// The canary, then the Rollout: as the writer does it.
    CANARY_THEN_ROLLOUT,
    /// The canary alone.
    CANARY
  }

  Setting {
    steps = List.copyOf(steps);
  }

  Setting(Shield shield, Past past, List<PlannedStep> steps, int events, int looks) {
    this(shield, past, steps, events, looks, Fence.CANARY_THEN_ROLLOUT);
  }

  /// What went before.
  enum Past {
    /// The Rollout was just created.
    NONE,
    /// The same, after an earlier Rollout that resumed the Deployment.
    EARLIER_ROLLOUT,
    /// A was promoted after C.
    PROMOTED,
    /// A was promoted after C, then B was rolled back: it is held and vetoed.
    ROLLED_BACK
  }

  private static PlannedStep step(int partsPerMillion, boolean untilApproved) {
    return new PlannedStep(new Weight(partsPerMillion), Duration.ofMinutes(2), Duration.ofMinutes(30), untilApproved);
  }

  /// Whether every state is still to come.
  boolean fromTheBeginning() {
    return past == Past.NONE || past == Past.EARLIER_ROLLOUT;
  }

  /// Four pods run revision A.
  World start() {
    return Abstraction.of(switch (past) {
      case NONE -> created(0);
      case EARLIER_ROLLOUT -> created(1);
      case PROMOTED -> adopted(deployed(true, A, new Switch(false, false, Hand.OURS, 1)), List.of(), new Idle(STABLE));
      case ROLLED_BACK -> adopted(deployed(true, B, new Switch(true, false, Hand.NOBODY, 1)),
          List.of(new Veto(B, Reason.SignatureRegressed, "harm", Stored.BEFORE)),
          new Vetoed(STABLE, new Candidate(B, Stored.BEFORE)));
    });
  }

  private World created(long resumed) {
    return world(deployed(false, A, Switch.untouched(resumed)), Set.of(), RolloutRecord.initial());
  }

  private World adopted(Deployed deployed, List<Veto> vetoes, RolloutState state) {
    return world(deployed, Set.of(A, C), new RolloutRecord(9, Deployed.UID, vetoes,
        List.of(new StableRevision(C, Stored.BEFORE)), Requests.NONE, state));
  }

  private static Deployed deployed(boolean labelled, Revision live, Switch roll) {
    return new Deployed(labelled, live, roll, PODS, new Pods(Set.of(A), Health.SETTLED, false));
  }

  private World world(Deployed deployed, Set<Revision> kept, RolloutRecord record) {
    var cluster = new Cluster(deployed, null, Orphan.NONE, kept, shield);
    var stored = new Stored(record, Requests.NONE, false, Life.STAYING, Stored.UNOPENED, false);
    return new World(cluster, stored, null, events, looks);
  }
}
