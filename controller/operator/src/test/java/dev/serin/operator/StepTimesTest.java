package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.judge.Evidence;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.Judge;
import dev.serin.judge.OnInconclusive;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.Verdict;
import dev.serin.judge.Window;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The times in docs/concepts.md are those that the judge takes: it is asked, window by window, with the defaults of the
/// API and a canary that is exactly as good as stable and starts with the step.
class StepTimesTest {
  private static final Path PAGE = Path.of("../../docs/concepts.md");
  private static final Pattern NUMBERS = Pattern.compile("(?m)^\\| ([0-9].*) \\|$");
  private static final AnalysisPolicy DEFAULTS = RolloutSpec.of("any").analysis();
  private static final dev.serin.api.v1alpha1.Step USUAL = new KubernetesSerialization().unmarshal("{}",
      dev.serin.api.v1alpha1.Step.class);

  @Test
  @DisplayName("The page tells how long a step takes as the judge does, at each traffic and rate of errors that it lists")
  void timesAreTrue() throws IOException {
    List<String> rows = NUMBERS.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

    assertThat(rows).as("rows of numbers in docs/concepts.md").containsExactlyElementsOf(
        IntStream.of(1, 2, 5, 10, 20, 50).mapToObj(StepTimesTest::rowOfRequests).toList());
  }

  @Test
  @DisplayName("Without request counts a canary pod is watched as long as the page says")
  void podSecondsAreTrue() throws IOException {
    assertThat(time(ExposureKind.POD_SECONDS, 1, 0)).isEqualTo(Duration.ofMinutes(11));
    assertThat(time(ExposureKind.POD_SECONDS, 5, 0)).isEqualTo(Duration.ofMinutes(3));
    assertThat(Files.readString(PAGE).replaceAll("\\s+", " "))
        .contains("eleven minutes with one canary pod, three minutes with five");
  }

  private static String rowOfRequests(int perSecond) {
    return perSecond + " | " + List.of(0.0, 0.01, 0.05).stream()
        .map(errors -> cell(time(ExposureKind.REQUESTS, perSecond, errors))).collect(Collectors.joining(" | "));
  }

  private static String cell(Duration time) {
    String seconds = String.format(Locale.ROOT, "%,d s", time.toSeconds());
    return time.compareTo(USUAL.maxDurationValue()) > 0 ? seconds + ", over `maxDuration`" : seconds;
  }

  /// Time from the begin of a step of unlimited length to the verdict that it is passed.
  private static Duration time(ExposureKind kind, double exposurePerSecond, double errorRate) {
    var policy = new Policy(DEFAULTS.alphaValue().doubleValue(),
        new Policy.Margin(DEFAULTS.maxIncreaseValue().doubleValue(), 0), kind,
        new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, DEFAULTS.minRequests(), 2, 0.05), OnInconclusive.HOLD,
        new TreeMap<>(), new TreeMap<>(),
        new Policy.Cadence(DEFAULTS.windowValue(), DEFAULTS.warmupValue(), Duration.ZERO));
    Evidence evidence = Evidence.initial(policy)
        .startStep(new Step(0, Instant.EPOCH, USUAL.minDurationValue(), Duration.ofDays(1)));
    for (int window = 0; window < 1_000; window++) {
      var judgement = Judge.judge(evidence, window(policy, window, exposurePerSecond, errorRate), policy);
      evidence = judgement.evidence();
      if (judgement.verdict() instanceof Verdict.Advance) {
        return policy.window().multipliedBy(window + 1L);
      }
    }
    throw new AssertionError("no advance in 1,000 windows");
  }

  private static Window window(Policy policy, int number, double exposurePerSecond, double errorRate) {
    double perWindow = exposurePerSecond * policy.window().toSeconds();
    return new Window(number, Instant.EPOCH.plus(policy.window().multipliedBy(number)), policy.window(),
        List.of(pod("canary-1", number, perWindow, errorRate, policy.window().multipliedBy(number))),
        List.of(pod("stable-1", number, 8 * perWindow, errorRate, Duration.ofDays(1))), true);
  }

  /// Whole errors, each when the rate has made one: at no time are there more than the rate gives.
  private static PodCounts pod(String name, int window, double exposure, double errorRate, Duration age) {
    return new PodCounts(name, exposure,
        errors((window + 1) * exposure * errorRate) - errors(window * exposure * errorRate), new TreeMap<>(), age,
        new TreeMap<>(), new TreeMap<>());
  }

  private static long errors(double expected) {
    return (long) (expected + 1e-6);
  }
}
