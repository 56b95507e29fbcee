package dev.serin.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.operator.traffic.TrafficRouter.Applied;
import dev.serin.operator.traffic.TrafficRouter.Approval;
import dev.serin.operator.traffic.TrafficRouter.Preflight;
import dev.serin.operator.traffic.TrafficRouter.RouteState;
import dev.serin.operator.traffic.TrafficRouter.RouteTarget;
import dev.serin.operator.traffic.TrafficRouter.Split;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.Weight;
import dev.serin.rollout.Revision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What every router promises. Each router's test extends this class and says how its world looks.
abstract class TrafficRouterContract {

  static final Revision CANDIDATE = new Revision("bbbbbbbbbb");
  private static final Approval APPROVED = () -> true;
  private static final Approval TAKEN_BACK = () -> false;

  /// The router under test.
  abstract TrafficRouter router();

  /// A fresh target whose carrier exists with no share, for the candidate's revision.
  abstract RouteTarget prepared();

  /// The share that the target has now, in the unit of [Split#pods].
  abstract int share(RouteTarget target);

  /// Writes that the router made so far.
  abstract long writes();

  /// Lets every canary pod of the target serve.
  abstract void serve(RouteTarget target);

  /// Somebody else changes the share.
  abstract void meddle(RouteTarget target, int pods);

  /// Somebody deletes what carries the share.
  abstract void remove(RouteTarget target);

  /// What carries the share is made anew, as it was at first.
  abstract void renew(RouteTarget target);

  /// A router of which the next write arrives only after `meanwhile` has run.
  abstract TrafficRouter routerLateBy(Runnable meanwhile);

  /// The smallest share that this router can give beside the target's stable pods.
  abstract Weight smallest(RouteTarget target);

  @Test
  @DisplayName("C1: applying a split twice writes once and leaves that split")
  void idempotent() {
    var target = prepared();
    long before = writes();
    assertThat(router().apply(target, new Split(CANDIDATE, 2, 0), APPROVED)).isEqualTo(new Applied.Written());
    assertThat(router().apply(target, new Split(CANDIDATE, 2, 0), APPROVED)).isEqualTo(new Applied.Unchanged());
    assertThat(share(target)).isEqualTo(2);
    assertThat(writes() - before).isEqualTo(1);
  }

  @Test
  @DisplayName("C2, C10: less than the smallest share is refused beforehand with what to change, never widened")
  void refusesTooSmall() {
    var target = prepared();
    Weight smallest = smallest(target);
    assertThat(router().preflight(target, List.of(step(smallest)))).isEqualTo(new Preflight.Possible());
    assertThat(router().preflight(target, List.of(step(new Weight(smallest.partsPerMillion() / 2)))))
        .isInstanceOfSatisfying(Preflight.Refused.class,
            refused -> assertThat(refused.change()).contains(smallest.toString()).contains("raise the weight"));
  }

  @Test
  @DisplayName("C3: a raise that met another share than the one it was decided on writes nothing")
  void raiseIsFenced() {
    var target = prepared();
    meddle(target, 1);
    assertThat(router().apply(target, new Split(CANDIDATE, 4, 0), APPROVED)).isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isEqualTo(1);
  }

  @Test
  @DisplayName("C3: a raise for another revision than the carrier's writes nothing")
  void raiseIsForOneRevision() {
    var target = prepared();
    assertThat(router().apply(target, new Split(new Revision("cccccccccc"), 4, 0), APPROVED))
        .isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isZero();
  }

  @Test
  @DisplayName("C3: a raise that the record does not allow any more writes nothing, though the carrier is as it was")
  void raiseIsApproved() {
    var target = prepared();
    assertThat(router().apply(target, new Split(CANDIDATE, 4, 0), TAKEN_BACK)).isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isZero();
  }

  @Test
  @DisplayName("C3: the record is asked after the carrier was read: a carrier that changes from then on refuses the raise, also one that ends with the same share")
  void raiseIsFencedWhileApproved() {
    var target = prepared();
    var raised = router().apply(target, new Split(CANDIDATE, 4, 0), () -> {
      meddle(target, 1);
      meddle(target, 0);
      return true;
    });
    assertThat(raised).isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isZero();
  }

  @Test
  @DisplayName("C3: a carrier that is removed and made anew while the record is asked refuses the raise")
  void raiseIsForOneCarrier() {
    var target = prepared();
    var raised = router().apply(target, new Split(CANDIDATE, 4, 0), () -> {
      remove(target);
      renew(target);
      return true;
    });
    assertThat(raised).isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isZero();
  }

  @Test
  @DisplayName("C3: a lowering gets through whatever the share is now, and asks nobody")
  void loweringGetsThrough() {
    var target = prepared();
    meddle(target, 4);
    assertThat(router().apply(target, new Split(CANDIDATE, 1, 2), TAKEN_BACK)).isEqualTo(new Applied.Written());
    assertThat(share(target)).isEqualTo(1);
  }

  @Test
  @DisplayName("C3: a lowering that arrives after the share was withdrawn does not raise it again")
  void loweringNeverRaises() {
    var target = prepared();
    meddle(target, 4);
    assertThat(routerLateBy(() -> meddle(target, 0)).apply(target, new Split(CANDIDATE, 2, 4), APPROVED))
        .isEqualTo(new Applied.Overtaken());
    assertThat(share(target)).isZero();
  }

  @Test
  @DisplayName("C5: withdrawing ends at no share from every state, and nothing there is success")
  void withdraws() {
    var target = prepared();
    router().withdraw(target);
    assertThat(share(target)).isZero();
    router().apply(target, new Split(CANDIDATE, 3, 0), APPROVED);
    router().withdraw(target);
    assertThat(share(target)).isZero();
    long before = writes();
    router().withdraw(target);
    remove(target);
    router().withdraw(target);
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  @DisplayName("C7, C8: a split settles only when it serves; a foreign change contends, a foreign deletion removes")
  void observes() {
    var target = prepared();
    var split = new Split(CANDIDATE, 2, 0);
    router().apply(target, split, APPROVED);
    assertThat(router().observe(target, split)).isEqualTo(RouteState.SETTLING);
    serve(target);
    assertThat(router().observe(target, split)).isEqualTo(RouteState.SETTLED);
    meddle(target, 1);
    assertThat(router().observe(target, split)).isEqualTo(RouteState.CONTENDED);
    remove(target);
    assertThat(router().observe(target, split)).isEqualTo(RouteState.REMOVED);
    assertThat(router().apply(target, split, APPROVED)).isEqualTo(new Applied.Overtaken());
  }

  private static PlannedStep step(Weight weight) {
    return new PlannedStep(weight, Duration.ofMinutes(2), Duration.ofMinutes(30), false);
  }
}
