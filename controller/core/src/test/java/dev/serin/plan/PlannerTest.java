package dev.serin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final Duration MAX = Duration.ofMinutes(30);

  /// 12,000 requests/min, one of a thousand fails, as in the benchmark of the judge.
  private static final Service SHOP = new Service(12_000, 0.001, new TreeMap<>(Map.of("timeout", 2e-4)), 19);
  private static final Planner PLANNER = new Planner(SHOP, Terms.USUAL);
  private static final Weight FIVE = new Weight(50_000);

  @ParameterizedTest
  // statistics.md section 14, canary requests at alpha = .01.
  @CsvSource({"10000, 5, 1158", "50000, 5, 1252", "500000, 5, 3155", "10000, 2, 12062", "50000, 2, 12715",
      "500000, 2, 27065", "50000, 1.5, 45097"})
  @DisplayName("The bound is the one of the table")
  void bound(int ppm, double times, double requests) {
    assertThat(PLANNER.forecast(new Weight(ppm), SHOP.total(times)).boundRequests()).isCloseTo(requests, within(0.5));
  }

  @Test
  @DisplayName("No judge is faster than the bound; ours needs less than ten times as much")
  void aboveTheBound() {
    for (int ppm : new int[]{10_000, 50_000, 250_000, 500_000}) {
      for (double times : new double[]{1.5, 2, 5}) {
        var forecast = PLANNER.forecast(new Weight(ppm), SHOP.total(times));
        assertThat(forecast.canaryRequests()).as("%s ppm, x%s", ppm, times)
            .isBetween(forecast.boundRequests(), 10 * forecast.boundRequests() + 1000);
      }
    }
  }

  @Test
  @DisplayName("Harm is what fails because of the fault until it is found; a late fault takes longer, a novel one does not")
  void harmAndOnset() {
    var forecast = PLANNER.forecast(FIVE, SHOP.total(5));

    assertThat(forecast.canaryRequests()).isCloseTo((double) forecast.time().orElseThrow().toSeconds() * 10,
        within(1e-6));
    assertThat(forecast.harm()).isCloseTo(forecast.canaryRequests() * 0.004, within(1e-9));
    assertThat(forecast.lateTime().orElseThrow()).isGreaterThan(forecast.time().orElseThrow());
    var novel = PLANNER.forecast(FIVE, SHOP.novel(5e-4));
    assertThat(novel.lateTime().orElseThrow().plus(Terms.USUAL.warmup())).isEqualTo(novel.time().orElseThrow());
  }

  @Test
  @DisplayName("More traffic, a larger fault or a larger alpha never take longer")
  void monotone() {
    var half = new Planner(new Service(6_000, 0.001, new TreeMap<>(), 19), Terms.USUAL);
    var strict = new Planner(SHOP, new Terms(0.0001, 1, Terms.USUAL.window(), Terms.USUAL.warmup(), 500,
        Terms.USUAL.proof()));
    Duration last = Duration.ofDays(365);
    for (double times : new double[]{1.2, 1.5, 2, 3, 5, 10, 50}) {
      Duration time = PLANNER.forecast(FIVE, SHOP.total(times)).time().orElseThrow();
      assertThat(time).as("x%s", times).isLessThanOrEqualTo(last);
      assertThat(half.forecast(FIVE, SHOP.total(times)).time().orElseThrow()).isGreaterThanOrEqualTo(time);
      assertThat(strict.forecast(FIVE, SHOP.total(times)).time().orElseThrow()).isGreaterThanOrEqualTo(time);
      last = time;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 30, 600})
  @DisplayName("The detectable rate is found in the time given, a slightly lower one is not")
  void detectable(int minutes) {
    var within = Duration.ofMinutes(minutes);

    double total = PLANNER.detectable(FIVE, within, SHOP::totalAt, SHOP.errorRate()).orElseThrow();
    double novel = PLANNER.detectable(FIVE, within, SHOP::novel, 0).orElseThrow();

    assertThat(PLANNER.forecast(FIVE, SHOP.totalAt(total)).time().orElseThrow()).isLessThanOrEqualTo(within);
    assertThat(PLANNER.forecast(FIVE, SHOP.totalAt(total * 0.97)).time().orElseThrow()).isGreaterThan(within);
    assertThat(PLANNER.forecast(FIVE, SHOP.novel(novel)).time().orElseThrow()).isLessThanOrEqualTo(within);
    assertThat(PLANNER.forecast(FIVE, SHOP.novel(novel * 0.97)).time().orElseThrow()).isGreaterThan(within);
  }

  @Test
  @DisplayName("The warm-up is in every time of a step, and in what fails meanwhile; a step of that length sees nothing")
  void warmup() {
    var cold = new Planner(SHOP, new Terms(0.01, 1, Terms.USUAL.window(), Duration.ofMinutes(3), 500,
        Terms.USUAL.proof()));
    var later = Duration.ofMinutes(2);
    for (var fault : List.of(SHOP.total(5), SHOP.novel(5e-4))) {
      var usual = PLANNER.forecast(FIVE, fault);
      var forecast = cold.forecast(FIVE, fault);

      assertThat(forecast.time().orElseThrow()).isEqualTo(usual.time().orElseThrow().plus(later));
      assertThat(forecast.lateTime()).isEqualTo(usual.lateTime());
      // 600 canary requests a minute.
      assertThat(forecast.canaryRequests()).isCloseTo(usual.canaryRequests() + 1200, within(1e-6));
      assertThat(forecast.harm()).isCloseTo(usual.harm() + 1200 * fault.added(), within(1e-6));
    }
    assertThat(cold.advancing(FIVE).unsuspected()).isEqualTo(PLANNER.advancing(FIVE).unsuspected().plus(later));
    assertThat(cold.advancing(FIVE).proven().orElseThrow())
        .isEqualTo(PLANNER.advancing(FIVE).proven().orElseThrow().plus(later));
    assertThat(cold.detectable(FIVE, Duration.ofMinutes(3), SHOP::totalAt, SHOP.errorRate())).isEmpty();
    assertThat(cold.detectable(FIVE, Duration.ofMinutes(12), SHOP::totalAt, SHOP.errorRate()))
        .isEqualTo(PLANNER.detectable(FIVE, Duration.ofMinutes(10), SHOP::totalAt, SHOP.errorRate()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Terms(0.01, 1, Terms.USUAL.window(),
        Duration.ofSeconds(-1), 500, Terms.USUAL.proof())).withMessage("warmup must be at least 0, was PT-1S");
  }

  @Test
  @DisplayName("With hardly any traffic nothing short of total failure is detectable")
  void undetectable() {
    var quiet = new Service(0.1, 0.01, new TreeMap<>(), 1);

    assertThat(new Planner(quiet, Terms.USUAL).detectable(FIVE, MAX, quiet::totalAt, 0.01)).isEmpty();
  }

  @Test
  @DisplayName("Proof needs the canary requests of section 14; without errors the judge wants 4,000")
  void proof() {
    // Bound at 5 %, ratio 2: 10,600 requests; 36 canary requests a minute.
    var slow = new Planner(new Service(720, 0.001, new TreeMap<>(), 19), Terms.USUAL).advancing(FIVE);
    assertThat((slow.proven().orElseThrow().toSeconds() - 60) / 60.0 * 36).isCloseTo(10_600, within(100.0));
    assertThat(slow.provenMostly().orElseThrow().toSeconds())
        .isCloseTo((long) (2.9 * slow.proven().orElseThrow().toSeconds()), within(600L));

    var faultless = new Planner(new Service(720, 0, new TreeMap<>(), 19), Terms.USUAL).advancing(FIVE);
    // 4,000 requests at 6 per window, and ln 20 / .00075 = 3,994.3; before both a minute to warm up.
    assertThat(faultless.unsuspected()).hasSeconds(6730);
    assertThat(faultless.proven()).hasValueSatisfying(time -> assertThat(time).hasSeconds(6720));
  }

  @Test
  @DisplayName("A step that can neither find the fault nor let a good version pass is refused, with numbers")
  void refused() {
    var planner = new Planner(new Service(1000, 0.001, new TreeMap<>(), 19), Terms.USUAL);
    var faults = List.of(SHOP.total(5));
    var step = new PlannedStep(new Weight(10_000), Duration.ofMinutes(2), MAX, false);

    var refused = planner.forecast(List.of(step), faults).getFirst();

    assertThat(refused.refusal().orElseThrow())
        .matches("Step 1 \\(1%, at most 30m\\) can neither find a fault nor pass a "
            + "good version in time: total errors are found after \\d+h(\\d+m)?, and a good version passes after 6h41m. Raise "
            + "its weight, or its maxDuration to at least \\d+h(\\d+m)?.");
    var longer = new PlannedStep(new Weight(10_000), Duration.ofMinutes(2), Duration.ofMinutes(400), false);
    assertThat(planner.forecast(List.of(longer), faults).getFirst().refusal()).isEmpty();
    var larger = new PlannedStep(new Weight(500_000), Duration.ofMinutes(2), MAX, false);
    assertThat(planner.forecast(List.of(larger), faults).getFirst().refusal()).isEmpty();
  }

  @Test
  @DisplayName("What cannot be is refused: rates above 1, no traffic, weights without a canary")
  void impossible() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Service(0, 0.1, new TreeMap<>(), 1))
        .withMessage("requests per minute must be above 0 and at most a billion, were 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> SHOP.total(1))
        .withMessage("total errors: needs 0 <= usual < faulty <= 1, was 0.001 and 0.001");
    assertThatIllegalArgumentException().isThrownBy(() -> SHOP.signature("nothing", 5))
        .withMessage("no rate of nothing is known");
    assertThatIllegalArgumentException().isThrownBy(() -> PLANNER.forecast(new Weight(0), SHOP.total(5)))
        .withMessageContaining("weight must be above 0");
  }

  @Test
  @DisplayName("A window counts for the expected part of its events")
  void countedEvents() {
    for (double events : new double[]{0.01, 0.5, 3, 40, 900}) {
      for (double cap : new double[]{1, 1.7, 3, 50, Double.POSITIVE_INFINITY}) {
        double expected = IntStream.rangeClosed(1, 1500).mapToDouble(m -> poisson(events, m) * m / Math.min(m, cap))
            .sum();
        assertThat(TypicalPath.countedEvents(events, cap)).as("%s events, cap %s", events, cap)
            .isCloseTo(expected, within(1e-6 * expected));
      }
    }
  }

  @Test
  @DisplayName("Times are written with two units at most")
  void times() {
    assertThat(Stream.of(0, 59, 60, 61, 3600, 3661, 86_400, 97_200).map(Duration::ofSeconds).map(Times::text))
        .containsExactly("0s", "59s", "1m", "1m1s", "1h", "1h1m", "1d", "1d3h");
  }

  private static double poisson(double mean, int count) {
    double log = count * Math.log(mean) - mean;
    for (int i = 2; i <= count; i++) {
      log -= Math.log(i);
    }
    return Math.exp(log);
  }
}
