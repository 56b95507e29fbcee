package dev.serin.judge;

import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Verdict.Progress;
import dev.serin.judge.Verdict.RollBackReason;
import dev.serin.judge.Verdict.Suspect;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How sentences write numbers, and where their words change.
class VerdictNumbersTest {

  private static final Policy.Advance UNSUSPECTED = new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, 500, 2, 0.05);
  private static final Verdict.Ratio UNKNOWN = new Verdict.Ratio(1, 0, Double.POSITIVE_INFINITY);

  private static Verdict.Strength strength(double logG, double logGwin, double logThreshold) {
    return new Verdict.Strength(logG, logGwin, null, logThreshold, UNKNOWN, false);
  }

  private static Progress progress(Duration elapsed, double exposure, double expected) {
    return new Progress(elapsed, Duration.ofMinutes(2), exposure, 500, expected, UNSUSPECTED,
        strength(0, 0, StrictMath.log(125)));
  }

  private static String sentence(Verdict verdict) {
    return VerdictSentence.of(verdict, SignatureId::value, policy());
  }

  private static String collecting(Duration elapsed, double exposure, double expected) {
    return sentence(new Verdict.Hold(Verdict.HoldReason.COLLECTING, List.of(), progress(elapsed, exposure, expected)));
  }

  private static String suspicious(Verdict.Strength strength) {
    return sentence(new Verdict.Hold(Verdict.HoldReason.SUSPICIOUS, List.of(),
        new Progress(Duration.ZERO, Duration.ZERO, 0, 0, 0, UNSUSPECTED, strength)));
  }

  private static String rollBack(RollBackReason reason, Suspect suspect, Verdict.Ratio ratio, Policy policy) {
    return VerdictSentence.of(new Verdict.RollBack(reason, List.of(), List.of(suspect), List.of(),
        new Verdict.Strength(6, 6, null, 5, ratio, false)), SignatureId::value, policy);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT0.9S, 0s", "PT45S, 45s", "PT1M, 1m", "PT2M5S, 2m5s", "PT1H, 1h", "PT1H30M, 1h30m",
      "PT26H0M1S, 26h1s"})
  @DisplayName("Durations are written as in a Rollout, without parts that are zero")
  void durations(Duration elapsed, String written) {
    assertThat(sentence(new Verdict.Advance(progress(elapsed, 4_000, 8)))).contains("canary after " + written + " and");
  }

  @ParameterizedTest
  @CsvSource({"1, '1 canary request,', '1 error.'", "2, '2 canary requests,', '2 errors.'",
      "0, '0 canary requests,', '0 errors.'", "1234, '1,234 canary requests,', '1,234 errors.'"})
  @DisplayName("One is one, and everything else is several")
  void plurals(double number, String requests, String errors) {
    assertThat(sentence(new Verdict.Advance(progress(Duration.ofMinutes(3), number, number)))).contains(requests)
        .endsWith(errors);
  }

  @Test
  @DisplayName("One window and one restart are one")
  void singular() {
    assertThat(sentence(new Verdict.NoData(Arm.BASELINE, 1, 7))).contains("in 1 window in which");
    var crash = HardGuards.crashLoop(List.of(new PodFacts("api-1", 1, "CrashLoopBackOff"))).orElseThrow();
    assertThat(VerdictSentence.ofCrashLoop(crash)).isEqualTo("Rolled back: canary pod api-1 is in a crash loop"
        + " (CrashLoopBackOff, 1 restart). Traffic is back on stable.").isEqualTo(sentence(crash));
  }

  @ParameterizedTest
  @CsvSource({"1.2549, 1.25", "1.99, 1.99", "2, 2.0", "9.5, 9.5", "10, 10", "1234.4, '1,234'"})
  @DisplayName("A rate ratio has two decimals below 2, one below 10, and none from there on")
  void ratios(double ratio, String written) {
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, new Suspect(NOT_FOUND, 9, 100, 1, 100, ratio, 1), UNKNOWN,
        policy())).contains("occurs " + written + " times as often");
  }

  @ParameterizedTest
  @CsvSource({"2.5, 2.5 to 1", "1, 1 to 1", "99.94, 99.9 to 1", "100.4, 100 to 1", "999999, '999,999 to 1'",
      "1000001, over a million to 1"})
  @DisplayName("Odds have a decimal below 100 unless they are whole, and end at a million")
  void odds(double odds, String written) {
    assertThat(suspicious(strength(StrictMath.log(odds), 0, 700))).contains("the canary is " + written + "; ");
  }

  @Test
  @DisplayName("What lacks is the threshold; once that is reached, the cautious evidence; once both are, three events")
  void suspicion() {
    double threshold = StrictMath.log(125);
    assertThat(suspicious(strength(Math.nextDown(threshold), 9, threshold))).endsWith("; 125 to 1 rolls it back.");
    assertThat(suspicious(strength(threshold, Math.nextDown(Charge.LOG_CAUTIOUS), threshold)))
        .endsWith(", but only 5.0 to 1 if errors of one pod belong together; 5 to 1 is needed.");
    assertThat(suspicious(strength(threshold, Charge.LOG_CAUTIOUS, threshold)))
        .endsWith(", but rests on fewer than 3 events above the margin.");
  }

  @Test
  @DisplayName("What is needed ends just where the rules are met")
  void needs() {
    var two = Duration.ofMinutes(2);
    assertThat(collecting(two, 500, 8)).isEqualTo("Holding: this step still needs a window with traffic on both arms.");
    assertThat(collecting(two, 499, 8)).endsWith("needs 1 more canary request (499 of 500).");
    assertThat(collecting(two, 4_000, 0)).endsWith("needs a window with traffic on both arms.");
    assertThat(collecting(two, 500, 7.9))
        .endsWith("needs 3,500 more canary requests (500 of 4,000, or 7.9 of 8 errors expected at stable's rate).");
    assertThat(collecting(two.minusSeconds(1), 500, 8)).endsWith("needs 1s more (1m59s of 2m).");
    var many = new Progress(two, two, 3_999, 4_000, 0, UNSUSPECTED, strength(0, 0, 5));
    assertThat(sentence(new Verdict.Hold(Verdict.HoldReason.COLLECTING, List.of(), many)))
        .endsWith("needs 1 more canary request (3,999 of 4,000).");
    var proven = new Progress(two, two, 500, 500, 0, Policy.Advance.DEFAULT, strength(0, 0, 5));
    assertThat(sentence(new Verdict.Hold(Verdict.HoldReason.COLLECTING, List.of(), proven)))
        .startsWith("Holding: this step still needs proof that");
  }

  @Test
  @DisplayName("An interval is told where one end is known")
  void intervals() {
    var total = new Suspect(Evidence.TOTAL_ERRORS, 9, 100, 1, 100, 9, 1);
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, total, UNKNOWN, policy())).contains("often on the canary");
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, total, new Verdict.Ratio(9, 0, 12), policy()))
        .contains("often (0.00 to 12) on");
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, total,
        new Verdict.Ratio(9, 1.5, Double.POSITIVE_INFINITY), policy())).contains("often (at least 1.50) on");
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, new Suspect(NOT_FOUND, 9, 100, 1, 100, 9, 1),
        new Verdict.Ratio(9, 0, 12), policy())).as("it is that of all errors").contains("often on the canary");
  }

  @Test
  @DisplayName("A slow canary is told in per cent, with a decimal below ten; a signature of that name is no latency")
  void slower() {
    var slow = new Suspect(Evidence.slowerThan(0.25), 100, 1_000, 99, 1_000, 1, 1);
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, slow, UNKNOWN, policy()))
        .isEqualTo("Rolled back: 10 % of the requests to the canary are slower than 250 ms (100 of 1,000), against"
            + " 9.9 % on stable (99 of 1,000). Traffic is back on stable.");
    assertThat(rollBack(RollBackReason.SIGNATURE_REGRESSED, slow, UNKNOWN,
        policy(Map.of(Evidence.slowerThan(0.25), Watched.SEEN))))
        .startsWith("Rolled back: \"slower-than-250ms\" occurs 1.00 times as often");
  }

  @ParameterizedTest
  @CsvSource({"0.25, slower-than-250ms, 250 ms", "0.0005, slower-than-0.5ms, 0.5 ms",
      "2.5, slower-than-2500ms, 2500 ms",
      "0.30000000000000004, slower-than-300ms, 300 ms"})
  @DisplayName("A bound is named in milliseconds")
  void bounds(double seconds, String id, String told) {
    assertThat(Evidence.slowerThan(seconds)).isEqualTo(new SignatureId(id));
    assertThat(Evidence.slowBound(new SignatureId(id))).contains(told);
    assertThat(Evidence.slowBound(new SignatureId("s1-" + id))).isEmpty();
    assertThat(Evidence.slowBound(new SignatureId(id + "x"))).isEmpty();
  }

  @Test
  @DisplayName("A quoted text has at most 160 characters with its ellipsis")
  void shortened() {
    var longest = "x".repeat(159);
    assertThat(VerdictSentence.shown(longest)).isEqualTo(longest);
    assertThat(VerdictSentence.shown(longest + "x")).isEqualTo(longest + "…");
    assertThat(VerdictSentence.quoted("say \"no\"\n")).isEqualTo("\"say 'no' \"");
  }
}
