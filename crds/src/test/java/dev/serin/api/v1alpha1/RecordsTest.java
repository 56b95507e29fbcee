package dev.serin.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private static final KubernetesSerialization SERIALIZATION = Definition.SERIALIZATION;

  @Test
  @DisplayName("A Rollout that only names its Deployment is read with every default of the schema")
  void readsTheSmallestRollout() {
    Rollout rollout = rollout("{workloadRef: {apiVersion: apps/v1, kind: Deployment, name: community-api}}");

    assertThat(rollout.getSpec()).isEqualTo(RolloutSpec.of("community-api"));
    assertThat(rollout.getSpec().analysis().alphaValue()).isEqualByComparingTo("0.01");
    assertThat(rollout.getSpec().analysis().windowValue()).isEqualTo(Duration.ofSeconds(10));
    assertThat(rollout.getSpec().analysis().logContainer()).isEmpty();
    assertThat(rollout.getStatus()).isEqualTo(RolloutStatus.EMPTY);
  }

  @Test
  @DisplayName("Everything that a user can write is read")
  void readsEveryField() {
    RolloutSpec spec = rollout(
        """
            workloadRef: {apiVersion: apps/v1, kind: Deployment, name: community-api}
            hold: Always
            steps:
            - {weight: 0.5%, minDuration: 90s, maxDuration: 1h30m, pause: UntilApproved}
            analysis:
              alpha: "0.05"
              minRequests: 20
              maxIncrease: "1.1"
              onInconclusive: RollBack
              sources: [{podLogs: {container: app}}]
              signatures: [{name: not-found, match: {template: "Community * not found"}, severity: Critical, maxIncrease: "1.5"}]
              requests: {template: "* served in *"}
            """
            .indent(2))
        .getSpec();

    assertThat(spec.hold()).isEqualTo(RolloutSpec.Hold.ALWAYS);
    assertThat(spec.steps()).singleElement().satisfies(step -> {
      assertThat(step.weightValue()).isEqualTo(5_000);
      assertThat(step.minDurationValue()).isEqualTo(Duration.ofSeconds(90));
      assertThat(step.maxDurationValue()).isEqualTo(Duration.ofMinutes(90));
      assertThat(step.pause()).isEqualTo(Pause.UNTIL_APPROVED);
    });
    assertThat(spec.analysis().onInconclusive()).isEqualTo(OnInconclusive.ROLL_BACK);
    assertThat(spec.analysis().logContainer()).contains("app");
    assertThat(spec.analysis().signatures()).singleElement().satisfies(signature -> {
      assertThat(signature.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(signature.maxIncreaseValue()).contains(new BigDecimal("1.5"));
    });
    assertThat(spec.analysis().requests()).isEqualTo(new AnalysisPolicy.TemplateMatch("* served in *"));
  }

  @Test
  @DisplayName("What a newer version wrote is read: unknown fields are ignored, unknown enum values are UNKNOWN")
  void readsANewerObject() {
    RolloutSpec spec = rollout("""
        workloadRef: {apiVersion: apps/v1, kind: Deployment, name: a, cluster: b}
        bake: {duration: 12h}
        steps: [{weight: 5%, pause: UntilFullMoon}]
        analysis: {onInconclusive: AskTheOracle, sources: [{prometheus: {connection: default}}]}
        """.indent(2)).getSpec();

    assertThat(spec.analysis().onInconclusive()).isEqualTo(OnInconclusive.UNKNOWN);
    assertThat(spec.steps().getFirst().pause()).isEqualTo(Pause.UNKNOWN);
    assertThat(spec.analysis().sources()).containsExactly(new AnalysisPolicy.Source(null));
  }

  @Test
  @DisplayName("A status writes what is absent as null, so that a merge patch removes it")
  void statusWritesNulls() {
    var status = new RolloutStatus(1L, null, null, null, null,
        new RolloutStatus.Steps(0, 3, null, null, null, null, null),
        null, null, List.of(), List.of(), null, 1, null, List.of());
    JsonNode json = SERIALIZATION.convertValue(status, JsonNode.class);

    assertThat(json.has("candidate")).isTrue();
    assertThat(json.get("candidate").isNull()).isTrue();
    assertThat(json.get("steps").get("startedAt").isNull()).isTrue();
    assertThat(json.get("vetoes").isEmpty()).isTrue();
    assertThat(SERIALIZATION.unmarshal(SERIALIZATION.asJson(status), RolloutStatus.class)).isEqualTo(status);
  }

  @Test
  @DisplayName("A spec leaves out what is absent, because the API server refuses null")
  void specLeavesOut() {
    JsonNode json = SERIALIZATION.convertValue(RolloutSpec.of("a"), JsonNode.class);

    assertThat(json.findParents("requests")).isEmpty();
    assertThat(json.toString()).doesNotContain("null");
    assertThat(json.at("/analysis/onInconclusive").asText()).isEqualTo("Hold");
    assertThat(json.at("/analysis/minRequests").asInt()).isEqualTo(500);
  }

  @Test
  @DisplayName("Times are RFC 3339 texts and survive to the microsecond")
  void timesAreTexts() {
    var stable = new RolloutStatus.Revision("abcdefghij", Instant.parse("2026-11-24T10:15:30.123456Z"));

    assertThat(SERIALIZATION.asJson(stable)).contains("\"2026-11-24T10:15:30.123456Z\"");
    assertThat(SERIALIZATION.unmarshal(SERIALIZATION.asJson(stable), RolloutStatus.Revision.class)).isEqualTo(stable);
  }

  @Test
  @DisplayName("Lists that a record was made from can change without changing the record")
  void recordsAreImmutable() {
    var steps = new ArrayList<>(List.of(new Step("5%", "2m", "30m", null)));
    var spec = new RolloutSpec(new RolloutSpec.WorkloadRef("apps/v1", "Deployment", "a"), RolloutSpec.Hold.AUTO, steps,
        AnalysisPolicy.DEFAULT);
    steps.clear();

    assertThat(spec.steps()).hasSize(1);
  }

  @Test
  @DisplayName("Evidence is written with three decimals; infinite evidence is cut, what is not a number is refused")
  void evidenceIsText() {
    assertThat(evidence(4.82831)).isEqualTo("4.828");
    assertThat(evidence(-0.5)).isEqualTo("-0.500");
    assertThat(evidence(Double.POSITIVE_INFINITY)).isEqualTo("999999.000");
    assertThat(evidence(Double.NEGATIVE_INFINITY)).isEqualTo("-999999.000");
    assertThatIllegalArgumentException().isThrownBy(() -> evidence(Double.NaN))
        .withMessage("evidence of s1-a is not a number");
  }

  @Test
  @DisplayName("A text that no API server validated is refused with the text")
  void refusesUnvalidatedTexts() {
    AnalysisPolicy policy = SERIALIZATION.unmarshal("alpha: \"1e-999999999\"", AnalysisPolicy.class);

    assertThatIllegalArgumentException().isThrownBy(policy::alphaValue)
        .withMessage("'1e-999999999' is not a decimal such as 0.01 or 1.2");
  }

  private static String evidence(double value) {
    return AnalysisStatus.SignatureSummary.of("s1-a", "a", 1, 1, value).logEvidence();
  }

  private static Rollout rollout(String spec) {
    String yaml = "apiVersion: serin.dev/v1alpha1\nkind: Rollout\nmetadata: {name: community-api}\nspec:\n  "
        + spec.strip();
    return SERIALIZATION.unmarshal(yaml, Rollout.class);
  }
}
