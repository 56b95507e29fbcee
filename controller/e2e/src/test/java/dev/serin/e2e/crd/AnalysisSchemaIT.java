package dev.serin.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.AnalysisStatus.SignatureSummary;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.api.v1alpha1.Family;
import dev.serin.api.v1alpha1.OnInconclusive;
import dev.serin.api.v1alpha1.Severity;
import dev.serin.api.v1alpha1.Step;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
class AnalysisSchemaIT {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final ControlPlane plane;

  AnalysisSchemaIT(ControlPlane plane) {
    this.plane = plane;
  }

  @BeforeEach
  void applyDefinitions() throws IOException {
    Definitions.apply(plane);
  }

  @Test
  @DisplayName("The largest Analysis is stored as it was written, and read back equal")
  void storesTheLargest() {
    Analysis created = create(largestSpec());
    created.setStatus(largestStatus());
    plane.client(Actor.ADMIN).resource(created).updateStatus();

    Analysis read = plane.client(Actor.OBSERVER).resource(created).get();

    assertThat(read.getSpec()).isEqualTo(largestSpec());
    assertThat(read.getStatus()).isEqualTo(largestStatus());
  }

  @Test
  @DisplayName("A frozen policy cannot change")
  void freezes() {
    Analysis created = create(spec("0.01", List.of()));
    created.setSpec(spec("0.2", List.of()));

    assertThatThrownBy(() -> plane.client(Actor.ADMIN).resource(created).update())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(
            "the policy of an Analysis is frozen: change the Rollout, the next version is judged by it");
  }

  @Test
  @DisplayName("Of two writers that read the same status, the second is refused")
  void comparesAndSwaps() {
    Analysis first = create(spec("0.01", List.of()));
    Analysis second = plane.client(Actor.OBSERVER).resource(first).get();
    first.setStatus(status(1L, "first"));
    second.setStatus(status(1L, "second"));
    plane.client(Actor.ADMIN).resource(first).updateStatus();

    assertThatThrownBy(() -> plane.client(Actor.ADMIN).resource(second).updateStatus())
        .isInstanceOfSatisfying(KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(409));
    assertThat(plane.client(Actor.OBSERVER).resource(first).get().getStatus().evidence()).isEqualTo("first");
  }

  @Test
  @DisplayName("kubectl get analyses shows rollout, revision, verdict and windows")
  void showsColumns() {
    Analysis created = create(spec("0.01", List.of()));
    created.setStatus(largestStatus());
    plane.client(Actor.ADMIN).resource(created).updateStatus();

    assertThat(plane.kubectl("get", "analyses", "--namespace", created.getMetadata().getNamespace()).stdout())
        .containsPattern("NAME +ROLLOUT +REVISION +VERDICT +WINDOWS +MISSING +AGE")
        .containsPattern("community-api-bbbbbbbbbb +community-api +bbbbbbbbbb +RollBack +360 +2 ");
  }

  private Analysis create(AnalysisSpec spec) {
    var analysis = new Analysis();
    analysis.setMetadata(new ObjectMetaBuilder().withName("community-api-bbbbbbbbbb")
        .withNamespace(plane.newNamespace("analysis")).build());
    analysis.setSpec(spec);
    return plane.client(Actor.ADMIN).resource(analysis).create();
  }

  private static AnalysisSpec largestSpec() {
    return spec("0.01",
        IntStream.range(0, 200)
            .mapToObj(i -> new AnalysisSpec.KnownSignature("s1-" + i, "x".repeat(600), "0123456789abcdef",
                Family.EXCEPTION, Severity.CRITICAL, "1.5", true, Long.MAX_VALUE, true))
            .toList());
  }

  private static AnalysisSpec spec(String alpha, List<AnalysisSpec.KnownSignature> signatures) {
    return new AnalysisSpec(new AnalysisSpec.RolloutRef("community-api", "0a1b"), "bbbbbbbbbb", NOON, "aaaaaaaaaa",
        "c0ffee",
        alpha, "1.0", 500, OnInconclusive.HOLD, "10s", "60s", ExposureKind.REQUESTS,
        new AnalysisSpec.Logs("c".repeat(63), "r".repeat(512), IntStream.range(0, 20)
            .mapToObj(i -> new AnalysisSpec.NamedTemplate("n" + i, "x".repeat(512))).toList(),
            new AnalysisPolicy.TenantSource("f".repeat(128), "h".repeat(128), 32, "d".repeat(128), "*".repeat(256)),
            "0a1b2c3d"),
        new AnalysisSpec.BurnIn(NOON.minusSeconds(3600), NOON, 9_000, 12, 10_800, "57m30s", "x".repeat(65_536)),
        IntStream.rangeClosed(1, 20).mapToObj(i -> new Step(i + "%", "2m", "30m", null)).toList(), signatures);
  }

  private static AnalysisStatus largestStatus() {
    return new AnalysisStatus(Long.MAX_VALUE, new AnalysisStatus.CurrentStep(19, NOON, NOON),
        new AnalysisStatus.Windows(360, 2, 7),
        new AnalysisStatus.Verdict(VerdictType.ROLL_BACK, "SignatureRegressed", "x".repeat(1024), NOON, 1L),
        "e".repeat(196_608),
        IntStream.range(0, 50).mapToObj(i -> SignatureSummary.of("s1-" + i, "x".repeat(600), 63, 94,
            Double.POSITIVE_INFINITY).at("0123456789abcdef").told("x".repeat(160), true, sighting(), sighting()))
            .toList(),
        IntStream.range(0, 50).mapToObj(i -> new AnalysisStatus.Rename("s1-" + i, "s1-old-" + i)).toList(),
        new AnalysisStatus.Exposure(Long.MAX_VALUE, Long.MAX_VALUE), "x".repeat(1024));
  }

  private static AnalysisStatus.Sighting sighting() {
    return new AnalysisStatus.Sighting(NOON, NOON.plusSeconds(60), 64, Long.MAX_VALUE,
        Collections.nCopies(3, "t-3fa9c1"), Collections.nCopies(3, "x".repeat(512)));
  }

  private static AnalysisStatus status(Long window, String evidence) {
    return new AnalysisStatus(window, null, null, null, evidence, List.of(), List.of(), null, null);
  }
}
