package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.NOON;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.THIRD;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What others do to objects that are Serin's: the canary, and the annotations of the Rollout.
class ForeignHandsTest {

  private static final Attempt.Ruling STAY = new Attempt.Stay(Reason.Collecting, "12 of 500 requests.");
  private static final RolloutState VETOED = new RolloutState.Vetoed(RUNNING, TRIED);
  private static final Veto VETO = new Veto(CANDIDATE, Reason.CrashLoop, "It crashes.", NOON.minusSeconds(30));

  static Stream<RolloutState> trying() {
    return Stream.of(new RolloutState.Starting(RUNNING, TRIED), new RolloutState.Raising(RUNNING, TRIED, 0, NOON),
        new RolloutState.Stepping(RUNNING, TRIED, 0, NOON));
  }

  @ParameterizedTest
  @MethodSource("trying")
  @DisplayName("A canary that was made for the candidate and has another template now condemns the candidate: made anew it would be altered again")
  void altered(RolloutState state) {
    var canary = new Canary.Present(THIRD, 1, 1, 0, 1, false, null, null, CANDIDATE);
    var decision = held().guarded().ruling(STAY).canary(canary).next(state);
    assertThat(decision).isInstanceOfSatisfying(Decision.Apply.class,
        apply -> assertThat(apply.action()).isInstanceOfSatisfying(Action.Condemn.class, condemn -> {
          assertThat(condemn.ruling().reason()).isEqualTo(Reason.CanaryAltered);
          assertThat(condemn.ruling().message()).contains(CANDIDATE.value(), "serin.dev/arm", "serin.dev/retry=");
        }));
  }

  @Test
  @DisplayName("A canary that nobody can tell what it was made for is removed, and made anew")
  void unknown() {
    var canary = new Canary.Present(THIRD, 0, 0, 0, 0, false, null, null, null);
    assertThat(held().guarded().ruling(STAY).canary(canary).next(new RolloutState.Starting(RUNNING, TRIED)))
        .isEqualTo(new Decision.Apply(new Action.DeleteCanary()));
  }

  @Test
  @DisplayName("A stale retry and a stale approval are refused one after the other, each with its own sentence, and then never again")
  void refusedOneByOne() {
    var seen = held().asked("bbbbbbbbbb/1", "cccccccccc");

    var first = refused(seen.next(Seen.recorded(VETOED, VETO)));
    var second = refused(seen.next(first.record()));

    assertThat(List.of(String.valueOf(first.refusal()), String.valueOf(second.refusal()))).satisfiesExactly(
        approval -> assertThat(approval).contains("serin.dev/approve=bbbbbbbbbb/1"),
        retry -> assertThat(retry).contains("serin.dev/retry=cccccccccc"));
    assertThat(second.record().consumed()).isEqualTo(new Requests("bbbbbbbbbb/1", "cccccccccc"));
    assertThat(seen.next(second.record())).isInstanceOf(Decision.Wait.class);
  }

  private static Decision.Transition refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Transition.class);
    return (Decision.Transition) decision;
  }
}
