package dev.serin.operator.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.AnalysisStatus.SignatureSummary;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.api.v1alpha1.OnInconclusive;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence.SignatureEvidence;
import dev.serin.judge.Verdict;
import dev.serin.judge.rewording.Rewording;
import dev.serin.operator.source.Sighting;
import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DossierTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Map<SignatureId, Sighting> canary = new HashMap<>();
  private final Map<SignatureId, Sighting> stable = new HashMap<>();
  private final Analysis analysis = new Analysis();

  @Test
  @DisplayName("A sample does not show what others of its kind have shown to be a name")
  void samplesHideNames() {
    var dossier = dossier();
    var mailbox = log("s1-mailbox", "Mailbox of <*> not found");
    dossier.discovered(mailbox);
    canary.put(mailbox.id(), seen(3, 1, 0, "Mailbox of kschmidt not found", "Mailbox of alimovan not found"));

    assertThat(summaries(dossier, evidence("s1-mailbox", 3, 0)).getFirst().canary())
        .satisfies(sighting -> assertThat(sighting.samples()).containsExactly("Mailbox of <text:8> not found"));
  }

  @Test
  @DisplayName("What no closed window has told of shows the samples that were recorded, and no other")
  void samplesOfUnknownTexts() {
    record(new SignatureSummary("s1-mailbox", "Mailbox <*>", 2, 0, null, "1", null, false,
        new AnalysisStatus.Sighting(NOON, NOON, 1, null, List.of(), List.of("Mailbox recorded")), null));
    canary.put(new SignatureId("s1-mailbox"), seen(3, 1, 0, "Mailbox of kschmidt not found"));

    assertThat(summaries(dossier(), evidence("s1-mailbox", 3, 0)).getFirst().canary())
        .satisfies(sighting -> assertThat(sighting.samples()).containsExactly("Mailbox recorded"));
  }

  @Test
  @DisplayName("The ten signatures with the strongest evidence have samples, the first fifty are told of at all")
  void bounds() {
    var dossier = dossier();
    var evidence = new ArrayList<SignatureEvidence>();
    for (int i = 0; i < 60; i++) {
      var found = log("s1-%02d".formatted(i), "Failure number %d".formatted(i));
      dossier.discovered(found);
      canary.put(found.id(), seen(1, 1, 0, "Failure"));
      evidence.add(evidence(found.id().value(), i, 0));
    }
    var summaries = dossier.summaries(evidence, this::sighting);

    assertThat(summaries).hasSize(50).extracting(SignatureSummary::id).startsWith("s1-59", "s1-58").endsWith("s1-10");
    assertThat(summaries.subList(0, 10)).allSatisfy(first -> assertThat(samples(first)).containsExactly("Failure"));
    assertThat(summaries.subList(10, 50)).allSatisfy(later -> assertThat(samples(later)).isEmpty());
  }

  @Test
  @DisplayName("What an earlier process saw stays: the first time, the larger numbers, and all of it where this one saw nothing")
  void keepsWhatWasRecorded() {
    var before = new AnalysisStatus.Sighting(NOON, NOON.plusSeconds(5), 4, 9L, List.of("t-000001"), List.of());
    record(new SignatureSummary("s1-a", "A", 2, 0, "0a", "1", "ERROR", false, before, null),
        new SignatureSummary("s1-b", "B", 2, 0, "0b", "1", "WARN", true, before, before));
    canary.put(new SignatureId("s1-a"), seen(3, 2, 3));

    var summaries = summaries(dossier(), evidence("s1-a", 9, 0), evidence("s1-b", 8, 0));

    assertThat(summaries.getFirst()).isEqualTo(new SignatureSummary("s1-a", "A", 9, 0, "0a", "9.000", "ERROR", false,
        new AnalysisStatus.Sighting(NOON, NOON.plusSeconds(60), 4, 9L, List.of("t-000001"), List.of()), null));
    assertThat(summaries.getLast())
        .isEqualTo(new SignatureSummary("s1-b", "B", 8, 0, "0b", "8.000", "WARN", true, before,
            before));
  }

  @Test
  @DisplayName("A renamed signature is told of under its old name, with what was seen of the new one on the canary")
  void renamed() {
    var dossier = dossier();
    var gone = log("s1-gone", "Community <*> not found");
    var appeared = log("s1-appeared", "Community <*> was not found");
    dossier.discovered(gone);
    dossier.discovered(appeared);
    assertThat(dossier.renamed(new Rewording.Renamed(gone.id(), appeared.id()))).isTrue();
    canary.put(appeared.id(), seen(3, 1, 12, "Community acme was not found"));
    stable.put(gone.id(), seen(40, 3, 0, "Community acme not found"));

    var summary = summaries(dossier, evidence("s1-gone", 3, 40)).getFirst();
    assertThat(summary.template()).isEqualTo("Community <*> not found");
    assertThat(samples(summary)).singleElement().asString().endsWith(" was not found").doesNotContain("acme");
    assertThat(summary.baseline()).satisfies(sighting -> assertThat(sighting.pods()).isEqualTo(3));
    assertThat(dossier.affected(rollBack("s1-gone"), this::sighting))
        .isEqualTo(" On the canary it hit about 12 tenants.");
    assertThat(dossier.renames()).containsExactly(new AnalysisStatus.Rename("s1-appeared", "s1-gone"));
    assertThat(dossier.news(List.of(), this::sighting, 1)).singleElement().satisfies(news -> {
      assertThat(news.reason()).isEqualTo("RenamedSignature");
      assertThat(news.sentence()).contains("\"Community <*> not found\"", "\"Community <*> was not found\"");
    });
  }

  @Test
  @DisplayName("A signature is news once it is often enough, spread, unknown, and never on stable; each is told once, five in all")
  void news() {
    var dossier = dossier();
    var evidence = new ArrayList<SignatureEvidence>();
    for (int i = 0; i < 10; i++) {
      var found = log("s1-%d".formatted(i), "Failure number %d".formatted(i));
      dossier.discovered(found);
      canary.put(found.id(), seen(3, 2, 4));
      evidence.add(evidence(found.id().value(), 3, i == 0 ? 1 : 0));
    }
    canary.put(new SignatureId("s1-1"), seen(3, 1, 1));

    assertThat(dossier.news(evidence, this::sighting, 2)).extracting(Dossier.News::sentence).hasSize(5)
        .startsWith(
            "New on the canary, not on stable: \"Failure number 2\" (3 events on 2 pods, from about 4 tenants; ERROR).")
        .noneMatch(sentence -> sentence.contains("number 0") || sentence.contains("number 1"));
    dossier.told();
    assertThat(dossier.news(evidence, this::sighting, 2)).isEmpty();
    assertThat(summaries(dossier, evidence.get(2), evidence.get(1))).extracting(SignatureSummary::novel)
        .containsExactly(true, false);
  }

  @Test
  @DisplayName("Whom a regression hit is told only where records name tenants, with the tenant that it hits most")
  void affected() {
    var dossier = dossier();
    assertThat(dossier.affected(rollBack("s1-a"), this::sighting)).isEmpty();
    canary.put(new SignatureId("s1-a"), seen(3, 1, 0));
    assertThat(dossier.affected(rollBack("s1-a"), this::sighting)).isEmpty();
    canary.put(new SignatureId("s1-a"),
        new Sighting(3, NOON, NOON, List.of("pod"), 1, 1, List.of("t-3fa9c1", "t-000002"), List.of()));
    assertThat(dossier.affected(rollBack("s1-a"), this::sighting))
        .isEqualTo(" On the canary it hit about 1 tenant, t-3fa9c1 most.");
    assertThat(dossier.affected(new Verdict.NoData(Arm.CANARY, 6, 1), this::sighting)).isEmpty();
  }

  @Test
  @DisplayName("Only texts of one family and place can be each other's new words, and neither a folded one nor a container's trouble")
  void likeness() {
    var dossier = dossier();
    var old = log("s1-old", "Community <*> could not be found");
    dossier.discovered(old);
    var alike = log("s1-alike", "Community <*> could not be located");
    dossier.discovered(alike);
    dossier.discovered(new Signature(new SignatureId("s1-warn"), Family.LOG, List.of("WARN", "a"), alike.template(),
        Optional.empty()));
    dossier.discovered(new Signature(new SignatureId("s1-http"), Family.HTTP, old.levels(), alike.template(),
        Optional.empty()));
    dossier.discovered(log("s1-many", Signature.FOLDED));
    dossier.discovered(log("s1-other", "Payment provider timed out"));

    assertThat(dossier.likeness(old.id(), alike.id())).isBetween(0.5, 1.0);
    for (var other : List.of("s1-warn", "s1-http", "s1-many", "s1-other", "s1-nobody")) {
      assertThat(dossier.likeness(old.id(), new SignatureId(other))).as(other).isZero();
      assertThat(dossier.likeness(new SignatureId(other), old.id())).as(other).isZero();
    }
    var killed = trouble("s1-killed", "container app: OOMKilled 137");
    var failed = trouble("s1-failed", "container app: Error 137");
    dossier.discovered(killed);
    dossier.discovered(failed);
    assertThat(dossier.likeness(killed.id(), failed.id())).isZero();
  }

  private Dossier dossier() {
    analysis.setSpec(new AnalysisSpec(new AnalysisSpec.RolloutRef("x", "uid"), "rev", NOON, "stable", "", "0.01", "1.0",
        10, OnInconclusive.HOLD, "1s", "0s", ExposureKind.REQUESTS, AnalysisSpec.Logs.DEFAULT, null, List.of(),
        List.of()));
    return Dossier.of(new AnalysisSight(analysis));
  }

  private void record(SignatureSummary... summaries) {
    analysis.setStatus(new AnalysisStatus(1L, null, null, null, null, List.of(summaries), List.of(), null, null));
  }

  private List<SignatureSummary> summaries(Dossier dossier, SignatureEvidence... evidence) {
    return dossier.summaries(List.of(evidence), this::sighting);
  }

  private Optional<Sighting> sighting(Arm arm, SignatureId signature) {
    return Optional.ofNullable((arm == Arm.CANARY ? canary : stable).get(signature));
  }

  private static List<String> samples(SignatureSummary summary) {
    return summary.canary() == null ? List.of() : summary.canary().samples();
  }

  private static Sighting seen(long events, int pods, long tenants, String... samples) {
    return new Sighting(events, NOON.plusSeconds(30), NOON.plusSeconds(60),
        IntStream.range(0, pods).mapToObj("pod-%d"::formatted).toList(), 1, tenants, List.of(),
        List.of(samples));
  }

  /// Evidence as strong as the canary has events.
  private static SignatureEvidence evidence(String id, long canary, long baseline) {
    return new SignatureEvidence(suspect(id, canary, baseline), true, canary, canary);
  }

  private static Verdict.RollBack rollBack(String id) {
    return new Verdict.RollBack(Verdict.RollBackReason.SIGNATURE_REGRESSED, List.of(), List.of(suspect(id, 3, 0)),
        List.of(), Verdict.Strength.NONE);
  }

  private static Verdict.Suspect suspect(String id, long canary, long baseline) {
    return new Verdict.Suspect(new SignatureId(id), canary, 1000, baseline, 9000, 2, 0.5);
  }

  private static Signature log(String id, String template) {
    return new Signature(new SignatureId(id), Family.LOG, List.of("ERROR", "shop.Api"), template, Optional.empty());
  }

  private static Signature trouble(String id, String template) {
    return new Signature(new SignatureId(id), Family.K8S, List.of("restart", "app"), template, Optional.empty());
  }
}
