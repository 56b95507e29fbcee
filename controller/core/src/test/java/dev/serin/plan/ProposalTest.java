package dev.serin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalTest {

  private static final List<Weight> WEIGHTS = IntStream
      .of(1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 350_000, 500_000).mapToObj(Weight::new).toList();

  @ParameterizedTest
  @CsvSource({"12000, 0.001, 30", "12000, 0.001, 120", "12000, 0.001, 600", "600, 0.01, 120", "100000, 0.0001, 60",
      "12000, 0.05, 20"})
  @DisplayName("Proposed steps fit into the limit, find the fault in it, rise, and each lets a good version pass")
  void fits(double requestsPerMinute, double errorRate, int minutes) {
    var service = new Service(requestsPerMinute, errorRate, new TreeMap<>(), 19);
    var planner = new Planner(service, Terms.USUAL);
    var within = Duration.ofMinutes(minutes);

    var proposal = planner.propose(service.total(5), WEIGHTS, within).orElseThrow();

    assertThat(proposal.time()).isLessThanOrEqualTo(within);
    assertThat(proposal.found()).isLessThanOrEqualTo(proposal.time());
    assertThat(proposal.steps()).isSortedAccordingTo((a, b) -> a.weight().compareTo(b.weight()));
    assertThat(proposal.steps().getLast().weight().partsPerMillion()).isGreaterThanOrEqualTo(250_000);
    assertThat(planner.forecast(proposal.steps(), List.of(service.total(5)))).allSatisfy(step -> {
      assertThat(step.refusal()).isEmpty();
      assertThat(step.advancing().unsuspected()).isLessThanOrEqualTo(step.step().maxDuration());
    });
  }

  @Test
  @DisplayName("More time never means more harm")
  void moreTimeLessHarm() {
    var service = new Service(12_000, 0.001, new TreeMap<>(), 19);
    var planner = new Planner(service, Terms.USUAL);
    double last = Double.POSITIVE_INFINITY;
    for (int minutes : new int[]{20, 60, 120, 240, 480}) {
      var proposal = planner.propose(service.total(5), WEIGHTS, Duration.ofMinutes(minutes)).orElseThrow();
      // The search also weighs a canary that fails every request, by its first twenty or one window of them.
      double outage = Math.max(20, 2000 * proposal.steps().getFirst().weight().partsPerMillion() / 1e6);
      assertThat(proposal.harm() + outage).as("within %s min", minutes).isLessThanOrEqualTo(last);
      last = proposal.harm() + outage;
    }
  }

  @Test
  @DisplayName("A longer warm-up leaves later steps the time they need, and finds the fault later by as much at best")
  void warmup() {
    var service = new Service(12_000, 0.001, new TreeMap<>(), 19);
    var usual = Terms.USUAL;
    var cold = new Planner(service, new Terms(usual.alpha(), 1, usual.window(), Duration.ofMinutes(6),
        usual.minRequests(), usual.proof()));
    var within = Duration.ofHours(2);

    var proposal = cold.propose(service.total(5), WEIGHTS, within).orElseThrow();

    assertThat(proposal.time()).isLessThanOrEqualTo(within);
    assertThat(proposal.steps()).allSatisfy(step -> assertThat(step.minDuration()).isGreaterThanOrEqualTo(
        Duration.ofMinutes(6)));
    assertThat(proposal.harm()).isGreaterThan(
        new Planner(service, usual).propose(service.total(5), WEIGHTS, within).orElseThrow().harm());
    assertThat(cold.propose(service.total(5), WEIGHTS, Duration.ofMinutes(6))).isEmpty();
  }

  @Test
  @DisplayName("Nothing is proposed when the fault cannot be found in time")
  void impossible() {
    var service = new Service(12, 0.001, new TreeMap<>(), 3);

    assertThat(new Planner(service, Terms.USUAL).propose(service.total(5), WEIGHTS, Duration.ofHours(1))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new Planner(service, Terms.USUAL)
        .propose(service.total(5), Collections.nCopies(13, new Weight(1000)), Duration.ofHours(1)))
        .withMessage("candidates must be at most 12, were 13");
  }
}
