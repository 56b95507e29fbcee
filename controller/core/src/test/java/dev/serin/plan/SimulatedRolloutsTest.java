package dev.serin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.Verdict;
import dev.serin.judge.Watched;
import dev.serin.judge.Window;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The planner against the judge itself: whole rollouts with Poisson counts, seeds 1 to 121.
///
/// The median of 121 runs lies outside of the true quartiles with probability 2·P(Bin(121, 1/4) ≥ 61), about 3e-9; with
/// fixed seeds a right program passes always.
class SimulatedRolloutsTest {

  private static final int RUNS = 121;
  private static final int STABLE_PODS = 19;
  private static final int BURN_IN = 360;
  private static final int WARMUP = 6;
  private static final int LONGEST = 3000;
  private static final double TOLERANCE = 0.3;

  @ParameterizedTest(name = "{0} requests/min, {1} ppm, {2} x{3}")
  @CsvSource({"12000, 50000, 0.001, 2", "12000, 50000, 0.001, 5", "12000, 50000, 0.001, 20",
      "12000, 10000, 0.001, 5", "12000, 500000, 0.001, 2", "1000, 100000, 0.01, 3"})
  @DisplayName("Errors that are more frequent are found when the planner says, within 30 %")
  void totalErrors(double requestsPerMinute, int ppm, double errorRate, double times) {
    var service = new Service(requestsPerMinute, errorRate, signatures(errorRate), STABLE_PODS);
    var weight = new Weight(ppm);
    double planned = new Planner(service, Terms.USUAL).forecast(weight, service.total(times)).time().orElseThrow()
        .toSeconds() / 10.0;
    var worse = new TreeMap<String, Double>();
    service.signatures().forEach((name, rate) -> worse.put(name, rate * times));

    assertClose(median(service, weight, worse), planned);
  }

  @ParameterizedTest(name = "{0} ppm, novel {1}")
  @CsvSource({"50000, 0.0005", "10000, 0.0005", "250000, 0.0005"})
  @DisplayName("A signature never seen is found when the planner says, within 30 %")
  void novel(int ppm, double rate) {
    var service = new Service(12_000, 0.001, signatures(0.001), STABLE_PODS);
    var weight = new Weight(ppm);
    double planned = new Planner(service, Terms.USUAL).forecast(weight, service.novel(rate)).time().orElseThrow()
        .toSeconds() / 10.0;
    var worse = new TreeMap<>(service.signatures());
    worse.put("novel", rate);

    assertClose(median(service, weight, worse), planned);
  }

  @ParameterizedTest(name = "{0} requests/min, {1}")
  @CsvSource({"12000, 0.001", "12000, 0.01", "3000, 0.01"})
  @DisplayName("A good version passes the operator's rule when the planner says, within 30 %")
  void passes(double requestsPerMinute, double errorRate) {
    var service = new Service(requestsPerMinute, errorRate, signatures(errorRate), STABLE_PODS);
    var weight = new Weight(50_000);
    double planned = new Planner(service, Terms.USUAL).advancing(weight).unsuspected().toSeconds() / 10.0;
    var usual = Policy.Advance.DEFAULT;
    var policy = policy(service).withAdvance(new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, usual.minRequests(),
        usual.worstRatio(), usual.beta()));

    long median = LongStream.rangeClosed(1, RUNS)
        .map(seed -> new Rollout(service, weight, service.signatures(), seed).windowsUntil(policy,
            Verdict.Advance.class))
        .sorted().skip(RUNS / 2).findFirst().orElseThrow();

    assertClose(median, planned);
  }

  @Test
  @DisplayName("Twenty failing requests end a canary that fails all of them, as the proposal assumes")
  void outage() {
    var service = new Service(12_000, 0.001, signatures(0.001), STABLE_PODS);
    var all = new TreeMap<>(service.signatures());
    all.put("refused", 1.0);

    assertThat(median(service, new Weight(5_000), all)).isLessThanOrEqualTo(2);
  }

  /// A verdict comes with the end of a window: one more or less is no deviation. The warm-up, which both have, hides none.
  private static void assertClose(long median, double planned) {
    double allowed = Math.max(1, TOLERANCE * (planned - WARMUP));
    assertThat((double) median).as("windows, planned %s", planned).isBetween(planned - allowed, planned + allowed);
  }

  private static long median(Service service, Weight weight, SortedMap<String, Double> canary) {
    return LongStream.rangeClosed(1, RUNS)
        .map(seed -> new Rollout(service, weight, canary, seed).windowsUntil(policy(service), Verdict.RollBack.class))
        .sorted().skip(RUNS / 2).findFirst().orElseThrow();
  }

  /// Twenty signatures, the s-th with a rate proportional to 1/s, that sum to the error rate.
  private static SortedMap<String, Double> signatures(double errorRate) {
    double sum = LongStream.rangeClosed(1, 20).mapToDouble(s -> 1.0 / s).sum();
    var rates = new TreeMap<String, Double>();
    LongStream.rangeClosed(1, 20).forEach(s -> rates.put("s" + s, errorRate / s / sum));
    return rates;
  }

  private static Policy policy(Service service) {
    var known = new TreeMap<SignatureId, Watched>();
    service.signatures().keySet().forEach(name -> known.put(new SignatureId(name), Watched.SEEN));
    return Policy.of(0.01, known);
  }

  /// One rollout at a constant weight after an hour of burn-in, with canary pods that start at its begin.
  private record Rollout(Service service, Weight weight, Map<String, Double> canary, long seed) {

    /// Windows after the burn-in until the first verdict of this kind.
    long windowsUntil(Policy policy, Class<? extends Verdict> wanted) {
      var random = new Well19937c(seed);
      double all = service.requestsPerMinute() / 6;
      double share = weight.partsPerMillion() / 1e6;
      int canaryPods = (int) Math.max(1, Math.round(STABLE_PODS * share / (1 - share)));
      var evidence = Evidence.initial(policy);
      for (int k = 0; k < BURN_IN + LONGEST; k++) {
        boolean burnIn = k < BURN_IN;
        var start = Instant.EPOCH.plusSeconds(10L * k);
        if (k == BURN_IN) {
          evidence = evidence.startStep(new Step(0, start, Duration.ZERO, Duration.ofDays(30)));
        }
        var judgement = Judge.judge(evidence, new Window(k, start, Duration.ofSeconds(10),
            burnIn ? List.of() : pods("c", canaryPods, all * share, canary, random, k - BURN_IN),
            pods("b", STABLE_PODS, all * (1 - share), service.signatures(), random, k), true, burnIn), policy);
        evidence = judgement.evidence();
        if (wanted.isInstance(judgement.verdict())) {
          return k - BURN_IN + 1L;
        }
      }
      return LONGEST;
    }

    private static List<PodCounts> pods(String name, int pods, double requests, Map<String, Double> rates,
        RandomGenerator random, int windows) {
      var counts = new ArrayList<PodCounts>(pods);
      for (int i = 0; i < pods; i++) {
        var events = new TreeMap<SignatureId, Long>();
        double exposure = Math.rint(requests / pods);
        rates.forEach((signature, rate) -> events.put(new SignatureId(signature),
            rate == 1 ? (long) exposure : poisson(exposure * rate, random)));
        long failures = events.values().stream().mapToLong(Long::longValue).sum();
        counts.add(new PodCounts(name + i, exposure, Math.min(failures, (long) exposure), events,
            Duration.ofSeconds(10L * windows), new TreeMap<>(), new TreeMap<>()));
      }
      return counts;
    }

    /// Multiplies uniform numbers until the product is below e^-mean (Knuth): means here are below 100.
    private static long poisson(double mean, RandomGenerator random) {
      double limit = Math.exp(-mean);
      long count = -1;
      for (double product = 1; product > limit; product *= random.nextDouble()) {
        count++;
      }
      return count;
    }
  }
}
