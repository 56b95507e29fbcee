package dev.serin.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.api.v1alpha1.Family;
import dev.serin.api.v1alpha1.OnInconclusive;
import dev.serin.api.v1alpha1.Severity;
import dev.serin.cli.input.InputException;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.Judgement;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.VerdictSentence;
import dev.serin.judge.Window;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.Rulings;
import dev.serin.signature.SignatureId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Analyses as the operator writes them.
class AnalysisReplayTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final SignatureId TIMEOUT = new SignatureId("s1-timeout");

  @ParameterizedTest
  @CsvSource({"40, RollBack", "2, Hold"})
  @DisplayName("The verdict of an Analysis follows from its policy and evidence")
  void reproduced(long canaryEvents, String verdict) {
    AnalysisReplay replay = AnalysisReplay.of(Serialization.asYaml(analysis(canaryEvents, true)));

    assertThat(replay.reproduced()).as("%s", replay.lines()).isTrue();
    assertThat(replay.lines()).hasSize(4).anyMatch(line -> line.startsWith("stored:   " + verdict))
        .anyMatch(line -> line.startsWith("replayed: " + verdict))
        .endsWith("The stored verdict is reproduced from policy and evidence.");
    assertThat(replay.lines().get(1).substring(10)).isEqualTo(replay.lines().get(2).substring(10));
  }

  @Test
  @DisplayName("An incomplete window is judged as one")
  void incomplete() {
    AnalysisReplay replay = AnalysisReplay.of(Serialization.asYaml(analysis(2, false)));

    assertThat(replay.lines().get(1)).contains("WindowIncomplete");
    assertThat(replay.reproduced()).as("%s", replay.lines()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"' On the canary it hit about 1,204 tenants, t-3fa9c1 most.', true",
      "' On the canary it hit nobody.', false",
      "' All is well.', false"})
  @DisplayName("The operator adds to a sentence whom it hit; anything else that was added is found")
  void added(String more, boolean reproduced) {
    var analysis = analysis(40, true);
    var stored = Objects.requireNonNull(analysis.getStatus().verdict());
    var status = analysis.getStatus();
    analysis.setStatus(new AnalysisStatus(status.windowSequence(), status.step(), status.windows(),
        new AnalysisStatus.Verdict(stored.type(), stored.reason(), stored.message() + more, stored.at(),
            stored.window()),
        status.evidence(), status.signatures(), status.renames(), status.exposure(), status.modelSuspect()));

    assertThat(AnalysisReplay.of(Serialization.asYaml(analysis)).reproduced()).isEqualTo(reproduced);
  }

  @Test
  @DisplayName("A window in which all canary pods are young is judged as one")
  void warmingUp() {
    PodCounts pod = pod("c", 100, 0);
    PodCounts young = new PodCounts("c", 100, 0, pod.events(), Duration.ofSeconds(59), new TreeMap<>(),
        new TreeMap<>());
    AnalysisReplay replay = AnalysisReplay.of(Serialization.asYaml(analysis(2, lastWindow(young, true))));

    assertThat(replay.lines().get(1)).contains("WarmingUp");
    assertThat(replay.reproduced()).as("%s", replay.lines()).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', textBlock = """
      type: "RollBack"  | type: "Hold"     | differs:  the verdict
      Traffic is back   | Traffic is gone  | differs:  the sentence
      alpha: "0.01"     | alpha: "0.02"    | differs:  it cannot be judged again: the evidence belongs to another policy
      evidence: "e      | evidence: "x     | differs:  it cannot be judged again: evidence must begin with
      canaryEvents: 200 | canaryEvents: 20 | differs:  the summary of
      canary: 500       | canary: 501      | differs:  the canary's exposure is 500 in the evidence, recorded is 501
      windowSequence: 4 | windowSequence: 5 | differs:  the last window is 4 in the evidence, recorded is 5
      """)
  @DisplayName("Whoever changes an Analysis is found out")
  void changed(String before, String after, String difference) {
    String yaml = Serialization.asYaml(analysis(40, true));
    assertThat(yaml).contains(before);

    AnalysisReplay replay = AnalysisReplay.of(yaml.replace(before, after));

    assertThat(replay.reproduced()).isFalse();
    assertThat(replay.lines()).anyMatch(line -> line.startsWith(difference))
        .endsWith("The stored verdict is NOT reproduced.");
  }

  @Test
  @DisplayName("What is no Analysis, or has no verdict, is refused")
  void noAnalysis() {
    Analysis fresh = analysis(2, true);
    fresh.setStatus(AnalysisStatus.EMPTY);

    assertThatThrownBy(() -> AnalysisReplay.of(Serialization.asYaml(fresh))).isInstanceOf(InputException.class)
        .hasMessage("has no verdict with evidence yet: there is nothing to replay");
    assertThatThrownBy(() -> AnalysisReplay.of("kind: Rollout")).isInstanceOf(InputException.class)
        .hasMessageStartingWith("must hold one Analysis");
    assertThatThrownBy(() -> AnalysisReplay.of("- a\n- b")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> AnalysisReplay.of("kind: Analysis\nspec: 3")).isInstanceOf(InputException.class);
  }

  private static Analysis analysis(long canaryEvents, boolean complete) {
    return analysis(canaryEvents, lastWindow(pod("c", 100, canaryEvents), complete));
  }

  private static Analysis analysis(long canaryEvents, Window last) {
    AnalysisSpec spec = spec("");
    spec = spec(Frozen.policy(spec).configHash());
    Policy policy = Frozen.policy(spec);
    Evidence evidence = Evidence.initial(policy)
        .startStep(new Step(0, NOON, Duration.ofMinutes(2), Duration.ofMinutes(30)));
    Judgement judgement = null;
    for (int k = 0; k < 5; k++) {
      judgement = Judge.judge(evidence, k < 4 ? window(k, pod("c", 100, canaryEvents), true) : last, policy);
      evidence = judgement.evidence();
    }
    var analysis = new Analysis();
    analysis.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("till-abcdefghij").build());
    analysis.setSpec(spec);
    analysis.setStatus(status(evidence, Objects.requireNonNull(judgement), policy));
    return analysis;
  }

  private static AnalysisSpec spec(String configHash) {
    return new AnalysisSpec(new AnalysisSpec.RolloutRef("till", "u-1"), "abcdefghij", NOON, "bcdefghija", configHash,
        "0.01", "1.0", 500, OnInconclusive.HOLD, "10s", "60s", ExposureKind.REQUESTS,
        AnalysisSpec.Logs.DEFAULT, null,
        List.of(new dev.serin.api.v1alpha1.Step("10%", "2m", "30m", null)), List.of(new AnalysisSpec.KnownSignature(
            TIMEOUT.value(), "Upstream <*> timed out", null, Family.LOG, Severity.NORMAL, "1.0", true, 12, false)));
  }

  private static AnalysisStatus status(Evidence evidence, Judgement judgement, Policy policy) {
    var verdict = new AnalysisStatus.Verdict(Rulings.type(judgement.verdict()),
        Rulings.reason(judgement.verdict()).name(), VerdictSentence.of(judgement.verdict(),
            id -> id.equals(TIMEOUT) ? "Upstream <*> timed out" : id.value(), policy),
        NOON.plusSeconds(50), 4L);
    var summaries = evidence.signatures().stream().map(seen -> AnalysisStatus.SignatureSummary.of(
        seen.observed().signature().value(),
        seen.observed().signature().equals(TIMEOUT) ? "Upstream <*> timed out" : seen.observed().signature().value(),
        seen.observed().canaryEvents(), seen.observed().baselineEvents(), seen.logE())).toList();
    return new AnalysisStatus(4L, new AnalysisStatus.CurrentStep(0, NOON, null), new AnalysisStatus.Windows(5, 0, 0),
        verdict, evidence.snapshot().text(), summaries, List.of(), new AnalysisStatus.Exposure(
            (long) evidence.exposure(Arm.CANARY), (long) evidence.exposure(Arm.BASELINE)),
        null);
  }

  private static Window lastWindow(PodCounts canary, boolean complete) {
    return window(4, canary, complete);
  }

  private static Window window(int number, PodCounts canary, boolean complete) {
    return new Window(number, NOON.plusSeconds(10L * number), Duration.ofSeconds(10),
        List.of(canary), List.of(pod("b", 900, 9)), complete);
  }

  private static PodCounts pod(String name, double requests, long events) {
    return new PodCounts(name, requests, events, new TreeMap<>(Map.of(TIMEOUT, events)));
  }
}
