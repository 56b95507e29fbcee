package dev.serin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaRatioTest {

  private static final Duration MIN = Duration.ofMinutes(2);
  private static final Duration MAX = Duration.ofMinutes(30);

  // Python 3: max(1, int(Fraction(w, 10**6) * s / (1 - Fraction(w, 10**6))))
  @ParameterizedTest
  @CsvSource({"5000, 10, 1", "100000, 10, 1", "100000, 9, 1", "100000, 17, 1", "100000, 18, 2", "250000, 10, 3",
      "500000, 10, 10", "900000, 10, 90", "500000, 0, 1", "999999, 3000, 2147483647"})
  @DisplayName("Canary pods are floor(w*s/(1-w)), at least one")
  void canaryPods(int ppm, int stable, int pods) {
    long expected = Math.min(pods, Math.max(1, ppm * (long) stable / (1_000_000 - ppm)));
    assertThat(ReplicaRatio.canaryPods(new Weight(ppm), stable)).isEqualTo((int) expected);
  }

  @Test
  @DisplayName("The weight of c pods beside s gives c pods back, for all c <= s <= 500")
  void roundTrip() {
    for (int stable = 1; stable <= 500; stable++) {
      for (int canary = 1; canary <= stable; canary++) {
        assertThat(ReplicaRatio.canaryPods(Weight.ofPods(canary, stable), stable)).isEqualTo(canary);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 50%", "2, 33.3334% 50%", "3, 25% 50%", "6, 14.2858% 25% 50%", "10, 9.091% 23.077% 50%"})
  @DisplayName("Default steps are 1 pod, a third of stable and as many as stable, equal ones once")
  void defaults(int stable, String weights) {
    var steps = ReplicaRatio.defaultSteps(stable, MIN, MAX);
    assertThat(steps.stream().map(step -> step.weight().toString())).containsExactly(weights.split(" "));
  }

  @Test
  @DisplayName("A weight below one pod's share is refused with the two ways out")
  void refusesTinyWeights() {
    assertThat(ReplicaRatio.refusal(List.of(step(5_000)), 10)).contains(
        "Step 1 asks for 0.5%, but with 10 pods the smallest canary has 9.091%: raise the weight, or run at least 199 pods.");
    assertThat(ReplicaRatio.refusal(List.of(step(5_000)), 198)).isPresent();
    assertThat(ReplicaRatio.refusal(List.of(step(5_000)), 199)).isEmpty();
  }

  @Test
  @DisplayName("A step of 100 % is refused: promotion follows the last step by itself")
  void refusesWhole() {
    assertThat(ReplicaRatio.refusal(List.of(step(500_000), step(1_000_000)), 10)).hasValueSatisfying(
        message -> assertThat(message).startsWith("Step 2 asks for 100%").contains("remove the step"));
  }

  @Test
  @DisplayName("A weight outside 0..1,000,000 ppm is refused with its value")
  void refusesImpossibleWeights() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Weight(1_000_001)).withMessageContaining("1000001");
  }

  private static PlannedStep step(int ppm) {
    return new PlannedStep(new Weight(ppm), MIN, MAX, false);
  }
}
