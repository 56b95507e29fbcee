package dev.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import org.jspecify.annotations.Nullable;

/// Takes decisions apart, and fails where they are of another kind.
final class Decisions {

  static final Attempt.Ruling BAD = new Attempt.RollBack(Reason.SignatureRegressed, "63 of 9,120 requests");
  static final Attempt.Ruling GOOD = new Attempt.Advance(0, Seen.STARTED, "No regression in 9,120 requests.");
  static final Attempt.Ruling STAY = new Attempt.Stay(Reason.Collecting, "12 of 500 requests.");

  private Decisions() {}

  static Decision apply(Action action) {
    return new Decision.Apply(action);
  }

  static RolloutRecord record(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Transition.class);
    return ((Decision.Transition) decision).record();
  }

  static RolloutState recorded(Decision decision) {
    return record(decision).state();
  }

  static Report waits(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Wait.class);
    return ((Decision.Wait) decision).report();
  }

  /// What people are told when a state is recorded.
  static Report told(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Transition.class);
    return ((Decision.Transition) decision).report();
  }

  static @Nullable String refusal(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Transition.class);
    return ((Decision.Transition) decision).refusal();
  }
}
