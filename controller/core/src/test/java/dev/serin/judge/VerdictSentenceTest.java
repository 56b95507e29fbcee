package dev.serin.judge;

import static dev.serin.judge.Scene.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Verdict.HoldReason;
import dev.serin.judge.Verdict.Progress;
import dev.serin.judge.Verdict.RollBackReason;
import dev.serin.judge.Verdict.Suspect;
import dev.serin.signature.SignatureId;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.trial.Cell;
import dev.serin.stats.trial.Placebo;
import dev.serin.stats.trial.Split;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictSentenceTest {

  private static final Policy.Advance UNSUSPECTED = new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, 500, 2, 0.05);
  private static final Policy POD_SECONDS = Scene.policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD);
  private static final Progress PROGRESS = new Progress(Duration.ofSeconds(40), Duration.ofMinutes(2), 312, 500, 3.21,
      UNSUSPECTED, strength(-0.9));

  private static Verdict.Strength strength(double logG) {
    return new Verdict.Strength(logG, logG, null, Math.log(125),
        new Verdict.Ratio(1, 0, Double.POSITIVE_INFINITY), false);
  }

  private static String sentence(Verdict verdict) {
    return VerdictSentence.of(verdict, _ -> "Community * not found", Scene.policy());
  }

  private static String podSeconds(Verdict verdict) {
    return VerdictSentence.of(verdict, _ -> "Community * not found", POD_SECONDS);
  }

  private static Verdict regressed(SignatureId signature, long baselineEvents, double ratio) {
    return new Verdict.RollBack(RollBackReason.SIGNATURE_REGRESSED,
        List.of(signature), List.of(new Suspect(signature, 63, 9120, baselineEvents, 190_400, ratio, 0.9)), List.of(),
        strength(6));
  }

  private static Verdict hold(HoldReason reason, double logG) {
    return new Verdict.Hold(reason, List.of(), new Progress(PROGRESS.elapsed(), PROGRESS.minDuration(),
        PROGRESS.canaryExposure(), PROGRESS.minRequests(), PROGRESS.expectedEvents(), UNSUSPECTED, strength(logG)));
  }

  @Test
  @DisplayName("A roll back names the template, how much more often it occurs, and the counts of both arms")
  void rollBack() {
    assertThat(sentence(regressed(NOT_FOUND, 94, 13.99)))
        .isEqualTo("Rolled back: \"Community * not found\" occurs 14 times as often on the canary"
            + " (63 of 9,120 requests) as on stable (94 of 190,400). Traffic is back on stable.");
    assertThat(sentence(regressed(NOT_FOUND, 0, Double.POSITIVE_INFINITY)))
        .isEqualTo("Rolled back: \"Community * not found\" occurs on the canary (63 of 9,120 requests)"
            + " and not on stable (0 of 190,400). Traffic is back on stable.");
    assertThat(sentence(regressed(Evidence.TOTAL_ERRORS, 94, 2.52)))
        .isEqualTo("Rolled back: errors of all kinds together occur 2.5 times as often on the canary"
            + " (63 of 9,120 requests) as on stable (94 of 190,400). Traffic is back on stable.");
    assertThat(sentence(regressed(Evidence.OTHER, 94, 1.25)))
        .startsWith("Rolled back: errors of rare kinds occur 1.25 times as often on the canary");
  }

  @Test
  @DisplayName("With pod-seconds the roll back says that requests are not counted")
  void rollBackWithPodSeconds() {
    assertThat(podSeconds(regressed(NOT_FOUND, 94, 13.99)))
        .isEqualTo("Rolled back: \"Community * not found\" occurs 14 times as often on the canary"
            + " (63 in 9,120 pod-seconds) as on stable (94 in 190,400); requests are not counted, so up to twice as"
            + " often is tolerated. Traffic is back on stable.");
  }

  @Test
  @DisplayName("Hard guards say what they saw")
  void hardGuards() {
    assertThat(sentence(new Verdict.RollBack(RollBackReason.ALL_REQUESTS_FAIL,
        List.of(), List.of(new Suspect(Evidence.TOTAL_ERRORS, 24, 24, 3, 1410, 470, 1)), List.of(), strength(0))))
        .isEqualTo("Rolled back: all of the last 24 requests to the canary failed, against 3 of 1,410 on stable."
            + " Traffic is back on stable.");
    var looping = HardGuards.crashLoop(List.of(new PodFacts("api-1", 4, "CrashLoopBackOff"),
        new PodFacts("api-2", 3, null), new PodFacts("api-3", 2, "ContainerCreating"))).orElseThrow();
    assertThat(sentence(looping)).isEqualTo("Rolled back: canary pod api-1 and 1 more are in a crash loop"
        + " (CrashLoopBackOff, 4 restarts). Traffic is back on stable.");
    assertThat(sentence(HardGuards.crashLoop(List.of(new PodFacts("api-2", 3, null))).orElseThrow()))
        .isEqualTo("Rolled back: canary pod api-2 is in a crash loop (3 restarts). Traffic is back on stable.");
  }

  @Test
  @DisplayName("A crash loop is CrashLoopBackOff or three restarts; two restarts, or another wait, are not")
  void crashLoop() {
    assertThat(HardGuards.crashLoop(List.of(new PodFacts("a", 2, null), new PodFacts("b", 0, "ImagePullBackOff"))))
        .isEmpty();
    assertThat(HardGuards.crashLoop(List.of())).isEmpty();
    assertThat(HardGuards.crashLoop(List.of(new PodFacts("b", 0, "CrashLoopBackOff"), new PodFacts("a", 3, null))))
        .hasValueSatisfying(verdict -> {
          assertThat(verdict.reason()).isEqualTo(RollBackReason.CRASH_LOOP);
          assertThat(verdict.pods()).extracting(PodFacts::pod).containsExactly("a", "b");
        });
  }

  @Test
  @DisplayName("A hold says what is still needed, with numbers")
  void hold() {
    assertThat(sentence(hold(HoldReason.COLLECTING, -0.9)))
        .isEqualTo("Holding: this step still needs 1m20s more (40s of 2m) and 3,688 more canary requests (312 of 4,000;"
            + " 500 do with 8 errors expected at stable's rate, so far 3.2).");
    assertThat(sentence(collecting(3999, 500, 7, UNSUSPECTED))).isEqualTo("Holding: this step still needs 1m20s more"
        + " (40s of 2m) and 1 more canary request (3,999 of 4,000, or 7 of 8 errors expected at stable's rate).");
    assertThat(sentence(collecting(312, 500, 9, UNSUSPECTED))).endsWith("and 188 more canary requests (312 of 500).");
    assertThat(sentence(collecting(312, 5000, 0, UNSUSPECTED)))
        .endsWith("and 4,688 more canary requests (312 of 5,000).");
    assertThat(sentence(collecting(312, 500, 0, Policy.Advance.DEFAULT)))
        .isEqualTo("Holding: this step still needs 1m20s more (40s of 2m), 188 more canary requests (312 of 500) and"
            + " proof that the canary's errors are less than 2.0 times as frequent as stable's (so far 1.00 times as"
            + " frequent).");
    assertThat(podSeconds(new Verdict.Hold(HoldReason.COLLECTING, List.of(),
        new Progress(Duration.ofMinutes(2), Duration.ofMinutes(2), 40.5, 0, 0, UNSUSPECTED, strength(0)))))
        .isEqualTo("Holding: this step still needs 560 more canary pod-seconds (40 of 600,"
            + " or 0 of 8 errors expected at stable's rate).");
    assertThat(sentence(hold(HoldReason.SUSPICIOUS, Math.log(12.5))))
        .isEqualTo("Holding: the evidence against the canary is 12.5 to 1; 125 to 1 rolls it back.");
    assertThat(sentence(hold(HoldReason.SUSPICIOUS, 700))).isEqualTo("Holding: the evidence against the canary is"
        + " over a million to 1, but rests on fewer than 3 events above the margin.");
    assertThat(sentence(hold(HoldReason.INCOMPLETE_WINDOW, 0))).isEqualTo(
        "Holding: a pod was not watched for the whole window, which counts nothing; 312 canary requests so far.");
    assertThat(sentence(hold(HoldReason.IDLE, 0)))
        .isEqualTo("Holding: at least one arm had no traffic in this window; 312 canary requests so far.");
    assertThat(sentence(hold(HoldReason.ALREADY_JUDGED, 0))).contains("older than the evidence");
  }

  private static Verdict collecting(double exposure, long minRequests, double expected, Policy.Advance advance) {
    return new Verdict.Hold(HoldReason.COLLECTING, List.of(), new Progress(PROGRESS.elapsed(), PROGRESS.minDuration(),
        exposure, minRequests, expected, advance, strength(0)));
  }

  @Test
  @DisplayName("Where requests are not counted, the margin that is tolerated is the one that was asked for, at least 2")
  void margins() {
    var verdict = regressed(NOT_FOUND, 94, 13.99);
    var wide = POD_SECONDS.withMargin(new Policy.Margin(2.5, 0));
    var own = Scene.policy(0.01, ExposureKind.POD_SECONDS, OnInconclusive.HOLD,
        Map.of(NOT_FOUND, new Watched(Severity.NORMAL, new Policy.Margin(3, 0), true)));

    assertThat(VerdictSentence.of(verdict, SignatureId::value, wide))
        .contains("so up to 2.5 times as often is tolerated");
    assertThat(VerdictSentence.of(verdict, SignatureId::value, own)).contains("so up to 3 times as often is tolerated");
    assertThat(VerdictSentence.of(new Verdict.Advance(PROGRESS), SignatureId::value, own))
        .contains("so up to twice as often is tolerated");
  }

  @Test
  @DisplayName("A suspected model names its numbers, the pod that differs and what follows; before, there is nothing to say")
  void suspectModel() {
    var placebo = Placebo.NONE;
    for (int k = 0; k < 30; k++) {
      var cell = new Cell(1, 3);
      cell.addStable(1, 1);
      placebo = placebo.after(List.of("b0", "b1", "b2"),
          new Split(new double[]{100}, new int[]{0}, new double[]{100, 100, 100}), cell, new Tempering(1, 1, true),
          Math.log(125));
    }

    assertThat(placebo.suspect()).isTrue();
    assertThat(VerdictSentence.ofSuspectModel(placebo, Math.log(125)))
        .isEqualTo("Stable's own pods differ by more than "
            + "chance: with each judged as if it were the canary of the others, the evidence is over a million to 1, most of it "
            + "against b1; where nothing is wrong, 125 to 1 comes once in 125 rollouts. From now on the errors of a window count "
            + "as one: a fault is found later, and no good version pays for a bad node or for errors that stick to a pod.");
    assertThat(Evidence.initial(Scene.policy()).modelSuspect()).isEmpty();
  }

  @Test
  @DisplayName("Every verdict says when the stable pods do not bear the judge's assumptions out")
  void modelSuspect() {
    var suspect = new Verdict.Strength(0, 0, null, Math.log(125), new Verdict.Ratio(1, 0, 9), true);
    var progress = new Progress(PROGRESS.elapsed(), PROGRESS.minDuration(), 1, 500, 0, UNSUSPECTED, suspect);

    assertThat(sentence(new Verdict.Hold(HoldReason.IDLE, List.of(), progress)))
        .isEqualTo("Holding: at least one arm had no traffic in this window; 1 canary request so far. Stable's own pods"
            + " differ by more than chance, so the errors of a window count as one (EvidenceModelSuspect).");
    assertThat(sentence(new Verdict.Advance(progress))).endsWith("(EvidenceModelSuspect).");
    assertThat(sentence(new Verdict.Inconclusive(OnInconclusive.HOLD, progress))).endsWith("(EvidenceModelSuspect).");
    assertThat(sentence(new Verdict.RollBack(RollBackReason.SINGLE_POD, List.of(),
        List.of(new Suspect(Evidence.TOTAL_ERRORS, 63, 9120, 94, 190_400, 2.5, 0.9)), List.of(), suspect)))
        .endsWith("Traffic is back on stable. Stable's own pods differ by more than chance, so the errors of a window"
            + " count as one (EvidenceModelSuspect).");
  }

  @Test
  @DisplayName("NoData names the silent arm and what the other had meanwhile")
  void noData() {
    assertThat(sentence(new Verdict.NoData(Arm.CANARY, 6, 12_000)))
        .isEqualTo("No data: the canary had no requests in 6 windows in which stable had 12,000."
            + " Nothing is promoted until both have some.");
    assertThat(sentence(new Verdict.NoData(Arm.BASELINE, 7, 120)))
        .startsWith("No data: stable had no requests in 7 windows in which the canary had 120.");
  }

  @Test
  @DisplayName("Advance and Inconclusive say how much they rest on")
  void advanceAndInconclusive() {
    assertThat(sentence(new Verdict.Advance(PROGRESS))).isEqualTo("Advancing: nothing speaks against the canary after"
        + " 40s and 312 canary requests, in which stable's rate would give 3.2 errors.");
    assertThat(podSeconds(new Verdict.Advance(PROGRESS))).contains("312 canary pod-seconds")
        .endsWith("; requests are not counted, so up to twice as often is tolerated.");
    var late = new Progress(Duration.ofMinutes(90), Duration.ofMinutes(2), 312, 500, 3.21, UNSUSPECTED,
        strength(-0.9));
    assertThat(sentence(new Verdict.Inconclusive(OnInconclusive.HOLD, late)))
        .isEqualTo("Inconclusive: after 1h30m and 312 canary requests the evidence against the canary is 0.4 to 1;"
            + " 125 to 1 rolls it back. The step is held.");
    assertThat(sentence(new Verdict.Inconclusive(OnInconclusive.PROMOTE, late))).endsWith("The rollout goes on, as"
        + " onInconclusive says.");
    assertThat(sentence(new Verdict.Inconclusive(OnInconclusive.ROLL_BACK, late))).endsWith("The canary is rolled"
        + " back, as onInconclusive says.");
  }

  private static Verdict.Strength strength(double logG, double logGwin, double low, double high) {
    return new Verdict.Strength(logG, logGwin, null, Math.log(125), new Verdict.Ratio(1.3, low, high), false);
  }

  private static Progress proven(Verdict.Strength strength) {
    return new Progress(Duration.ofMinutes(12), Duration.ofMinutes(2), 9300, 500, 9.3, Policy.Advance.DEFAULT,
        strength);
  }

  @Test
  @DisplayName("An advance on proof says which ratio is excluded, and where the canary's lies")
  void proof() {
    assertThat(sentence(new Verdict.Advance(proven(strength(-1, -1, 0.62, 1.84)))))
        .isEqualTo("Advancing: after 12m and 9,300 canary requests it is proven that the canary's errors are less than"
            + " 2.0 times as frequent as stable's, or too rare to matter; they are 1.30 times as frequent (0.62 to"
            + " 1.84).");
    assertThat(sentence(new Verdict.Hold(HoldReason.COLLECTING, List.of(), proven(strength(-1, -1, 0.3,
        Double.POSITIVE_INFINITY))))).isEqualTo("Holding: this step still needs proof that the canary's errors are"
            + " less than 2.0 times as frequent as stable's (so far 1.30 times as frequent (at least 0.30)).");
  }

  @Test
  @DisplayName("Total errors come with the interval of their ratio; one pod, or one bad pod, is said to be one")
  void pods() {
    var total = List.of(new Suspect(Evidence.TOTAL_ERRORS, 63, 9120, 94, 190_400, 2.5, 0.9));
    var strength = strength(6, 6, 1.6, 4);
    assertThat(sentence(new Verdict.RollBack(RollBackReason.SINGLE_POD, List.of(), total, List.of(), strength)))
        .isEqualTo("Rolled back: errors of all kinds together occur 2.5 times as often (1.60 to 4.0) on the canary"
            + " (63 of 9,120 requests) as on stable (94 of 190,400); with a single canary pod, a bad node would look"
            + " the same. Traffic is back on stable.");
    assertThat(sentence(new Verdict.RollBack(RollBackReason.ONE_BAD_POD, List.of(), total, List.of(), strength)))
        .endsWith("; only one of the canary's pods is bad, but it stayed bad. Traffic is back on stable.");
    assertThat(sentence(new Verdict.Hold(HoldReason.ONE_BAD_POD, List.of("api-1"), proven(strength))))
        .isEqualTo("Holding: the evidence against the canary is 403 to 1, but rests on pod api-1 alone; replace it, on"
            + " another node.");
    assertThat(sentence(new Verdict.Hold(HoldReason.SUSPICIOUS, List.of(), proven(strength(6, 1, 0, 9)))))
        .isEqualTo("Holding: the evidence against the canary is 403 to 1, but only 2.7 to 1 if errors of one pod belong"
            + " together; 5 to 1 is needed.");
  }

  @Test
  @DisplayName("A hostile template cannot end the quotation, break the line, turn the text round or fill the page")
  void hostileTemplate() {
    var hostile = "a\" \nfine. \u202Ekcab\u0007 " + "\uD83D\uDE00".repeat(300);
    var sentence = VerdictSentence.of(regressed(NOT_FOUND, 0, 3), _ -> hostile, Scene.policy());
    var quoted = sentence.substring(sentence.indexOf('"') + 1, sentence.lastIndexOf('"'));

    assertThat(quoted).startsWith("a'  fine.  kcab  ").endsWith("…")
        .hasSizeLessThanOrEqualTo(VerdictSentence.MAX_TEMPLATE).doesNotContain("\n", "\u202E", "\"");
    assertThat(quoted.codePoints()).as("no half emoji")
        .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  @ParameterizedTest
  @EnumSource(HoldReason.class)
  @DisplayName("Every reason to hold is one sentence")
  void oneSentence(HoldReason reason) {
    assertThat(sentence(hold(reason, 1))).startsWith("Holding: ").endsWith(".");
  }
}
