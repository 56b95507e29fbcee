package dev.serin.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisSpec.RolloutRef;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.api.v1alpha1.OnInconclusive;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Step;
import dev.serin.judge.Window;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.Dossier;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.Rulings;
import dev.serin.operator.source.ClosedWindow;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.source.Sighting;
import dev.serin.operator.source.WindowCollector;
import dev.serin.rollout.Attempt;
import dev.serin.signature.ContainerTrouble;
import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final SignatureId MISSING = new SignatureId("s1-missing");
  private static final SignatureId RENAMED = new SignatureId("s1-renamed");

  private final List<ClosedWindow> closed = new ArrayList<>();
  private final Map<SignatureId, Sighting> sightings = new HashMap<>();
  private final Analysis analysis = new Analysis();
  private final AnalysisSight sight = new AnalysisSight(analysis);

  @Test
  @DisplayName("A word to advance leaves the step on which it was said, and no later one")
  void advancesOneStep() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      trial.startStep(step(0));
      window(1, 5000);
      trial.fold();
      record(trial);
      assertThat(Rulings.of(sight)).isInstanceOfSatisfying(Attempt.Advance.class,
          advance -> assertThat(advance.step()).isZero());

      trial.startStep(step(1));
      trial.fold();
      record(trial);
      assertThat(Rulings.of(sight)).isInstanceOfSatisfying(Attempt.Advance.class,
          advance -> assertThat(advance.step()).isZero());

      window(2, 50);
      trial.fold();
      record(trial);
      assertThat(Rulings.of(sight)).isInstanceOf(Attempt.Stay.class);
    }
  }

  @Test
  @DisplayName("Windows that nobody collected during a restart are counted as missing; the evidence goes on as it was")
  void countsTheGapOfARestart() {
    open();
    try (Trial before = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      window(1, 50);
      before.fold();
      record(before);
    }
    try (Trial after = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      window(9, 50);
      after.fold();
      assertThat(after.status(sight).windows()).isEqualTo(new AnalysisStatus.Windows(2, 7, 0));
      assertThat(after.status(sight).exposure()).isEqualTo(new AnalysisStatus.Exposure(100, 400));
    }
  }

  @Test
  @DisplayName("A trial begins with what the burn-in taught, and its windows are not among those of the trial")
  void beginsWithTheBurnIn() {
    open();
    var policy = Frozen.policy(analysis.getSpec());
    var learned = Judge.judge(Evidence.initial(policy), new Window(1, NOON, SECOND, List.of(),
        List.of(pod("stable-1", 50), pod("stable-2", 50)), true, true), policy).evidence();
    open(new AnalysisSpec.BurnIn(NOON, NOON, 100, 0, 2, "1s", learned.snapshot().text()));
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      window(100, 50);
      trial.fold();
      assertThat(trial.status(sight).windows()).isEqualTo(new AnalysisStatus.Windows(1, 0, 0));
      var later = Judge.judge(learned, closed.getFirst().window(), policy).evidence();
      assertThat(trial.status(sight).evidence()).isEqualTo(later.snapshot().text());
    }
  }

  @Test
  @DisplayName("A signature that only the canary has is told once, when it came from two tenants, also after a restart")
  void tellsNews() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      events(1, 3);
      sightings.put(MISSING, sighting(1, 20));
      trial.fold();
      assertThat(trial.news()).isEmpty();

      events(2, 2);
      sightings.put(MISSING, sighting(2, 30));
      trial.fold();
      assertThat(trial.news()).containsExactly(new Dossier.News("NovelSignature",
          "New on the canary, not on stable: \"Community <*> not found\" (5 events on 1 pod, from about 2 tenants; "
              + "404 GET /communities/{})."));
      assertThat(trial.news()).as("until somebody was told").hasSize(1);
      trial.told();
      assertThat(trial.news()).isEmpty();
      record(trial);
      assertThat(analysis.getStatus().signatures()).first().satisfies(summary -> {
        assertThat(summary.novel()).isTrue();
        assertThat(summary.canary()).isEqualTo(new AnalysisStatus.Sighting(NOON, NOON.plusSeconds(30), 1, 2L,
            List.of("t-3fa9c1"), List.of("Community <num:4> not found")));
      });
    }
    sightings.put(MISSING, sighting(1, 40));
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      events(3, 3);
      trial.fold();
      assertThat(trial.news()).isEmpty();
      // This process saw one tenant only; the one before had seen two.
      assertThat(trial.status(sight).signatures()).first().satisfies(
          summary -> assertThat(summary.canary()).isEqualTo(new AnalysisStatus.Sighting(NOON, NOON.plusSeconds(40), 1,
              2L, List.of("t-3fa9c1"), List.of("Community <num:4> not found"))));
    }
  }

  @Test
  @DisplayName("A signature that stable has too is no news")
  void noNews() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      Window both = new Window(1, NOON.plusSeconds(1), SECOND, List.of(failing("canary", 9)),
          List.of(failing("stable", 1)), true);
      closed.add(new ClosedWindow(both, List.of(), 0, Optional.empty()));
      sightings.put(MISSING, sighting(9, 30));
      trial.fold();
      assertThat(trial.news()).isEmpty();
    }
  }

  @Test
  @DisplayName("A roll back says about how many tenants were hit")
  void saysWhomItHit() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 1; i <= 30; i++) {
        events(i, 3);
      }
      sightings.put(MISSING, sighting(4, 30));
      trial.fold();
      assertThat(trial.status(sight).verdict()).satisfies(verdict -> assertThat(verdict.message())
          .startsWith("Rolled back: ").endsWith(" On the canary it hit about 4 tenants, t-3fa9c1 most."));
    }
  }

  @Test
  @DisplayName("A roll back for containers that exit names the container and how it ended")
  void namesTheContainer() {
    open();
    var signature = new ContainerTrouble.Exited("app", "OOMKilled", 137).signature();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 1; i <= 30; i++) {
        Window window = new Window(i, NOON.plusSeconds(i), SECOND,
            List.of(failing("canary", 1, signature.id()), failing("canary-2", 1, signature.id())),
            List.of(pod("stable-1", 400), pod("stable-2", 400)), true);
        closed.add(new ClosedWindow(window, List.of(signature), 0, Optional.empty()));
      }
      sightings.put(signature.id(), new Sighting(60, NOON, NOON.plusSeconds(30), List.of("canary", "canary-2"), 30, 0,
          List.of(), List.of()));
      trial.fold();
      assertThat(trial.status(sight).verdict()).satisfies(verdict -> assertThat(verdict.message())
          .startsWith("Rolled back: \"container app: OOMKilled 137\" occurs on the canary"));
      assertThat(trial.news()).singleElement().satisfies(news -> assertThat(news.sentence())
          .startsWith("New on the canary, not on stable: \"container app: OOMKilled 137\"").endsWith("; restart)."));
    }
  }

  @Test
  @DisplayName("Another container with the same trouble is no change of words")
  void tellsContainersApart() {
    open();
    var app = new ContainerTrouble.Exited("app", "OOMKilled", 137).signature();
    var proxy = new ContainerTrouble.Exited("proxy", "OOMKilled", 137).signature();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 1; i <= 60; i++) {
        Window window = new Window(i, NOON.plusSeconds(i), SECOND, List.of(failing("canary", 2, proxy.id())),
            List.of(failing("stable", 2, app.id())), true);
        closed.add(new ClosedWindow(window, List.of(app, proxy), 0, Optional.empty()));
      }
      trial.fold();
      assertThat(trial.status(sight).renames()).isEmpty();
      record(trial);
      assertThat(Rulings.of(sight)).isInstanceOf(Attempt.RollBack.class);
    }
  }

  private void events(long sequence, int canary) {
    Window window = new Window(sequence, NOON.plusSeconds(sequence), SECOND, List.of(failing("canary", canary)),
        List.of(failing("stable", 0)), true);
    closed.add(new ClosedWindow(window, List.of(signature(MISSING, "Community <*> not found")), 0, Optional.empty()));
  }

  private static Signature signature(SignatureId id, String template) {
    return new Signature(id, Family.HTTP, List.of("4xx", "404 GET /communities/{}"), template, Optional.empty());
  }

  @Test
  @DisplayName("An error in other words, as frequent as the old ones, counts under the old name: it is told, and not rolled back")
  void countsRenamed() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 1; i <= 60; i++) {
        renamed(i, 2, 2);
      }
      trial.fold();
      assertThat(trial.news()).containsExactly(new Dossier.News("RenamedSignature",
          "Stable's \"Community <*> not found\" seems to be called \"Community <*> could not be found\" on the canary, where it "
              + "is as frequent. From now on both count as one."));
      trial.told();
      record(trial);
      assertThat(Rulings.of(sight)).isNotInstanceOf(Attempt.RollBack.class);
      assertThat(analysis.getStatus().renames())
          .containsExactly(new AnalysisStatus.Rename(RENAMED.value(), MISSING.value()));
    }
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 61; i <= 120; i++) {
        renamed(i, 2, 2);
      }
      trial.fold();
      assertThat(trial.news()).isEmpty();
      record(trial);
      assertThat(Rulings.of(sight)).isNotInstanceOf(Attempt.RollBack.class);
    }
  }

  @Test
  @DisplayName("An error in other words that also becomes more frequent is rolled back")
  void findsRenamedAndWorse() {
    open();
    try (Trial trial = Trial.resume(Trial.Recorded.of(sight), new Scripted())) {
      for (int i = 1; i <= 2; i++) {
        renamed(i, 2, 2);
      }
      for (int i = 3; i <= 60; i++) {
        renamed(i, 9, 2);
      }
      trial.fold();
      record(trial);
      assertThat(Rulings.of(sight)).isInstanceOf(Attempt.RollBack.class);
    }
  }

  /// The canary says it in other words than stable.
  private void renamed(long sequence, int canary, int stable) {
    Window window = new Window(sequence, NOON.plusSeconds(sequence), SECOND,
        List.of(failing("canary", canary, RENAMED)),
        List.of(failing("stable", stable, MISSING)), true);
    closed.add(new ClosedWindow(window, List.of(signature(MISSING, "Community <*> not found"),
        signature(RENAMED, "Community <*> could not be found")), 0, Optional.empty()));
  }

  private static PodCounts failing(String name, long events) {
    return failing(name, events, MISSING);
  }

  private static PodCounts failing(String name, long events, SignatureId signature) {
    var counts = new TreeMap<SignatureId, Long>();
    counts.put(signature, events);
    return new PodCounts(name, 100, events, counts);
  }

  private static Sighting sighting(long tenants, int seconds) {
    return new Sighting(9, NOON, NOON.plusSeconds(seconds), List.of("canary"), 1, tenants, List.of("t-3fa9c1"),
        List.of("Community <num:4> not found"));
  }

  @Test
  @DisplayName("Evidence that another version of the judge wrote cannot be read, and the trial says so")
  void refusesOtherEvidence() {
    open();
    analysis.setStatus(new AnalysisStatus(1L, null, null, null, "e1.AAAA", List.of(), List.of(), null, null));
    assertThatThrownBy(() -> Trial.Recorded.of(sight)).isInstanceOf(EvidenceUnreadable.class);
  }

  private void open() {
    open(null);
  }

  private void open(AnalysisSpec.@Nullable BurnIn burnIn) {
    analysis.setSpec(new AnalysisSpec(new RolloutRef("x", "uid"), "rev", NOON, "stable", "", "0.01", "1.0", 10,
        OnInconclusive.HOLD, "1s", "0s", ExposureKind.REQUESTS,
        AnalysisSpec.Logs.DEFAULT,
        burnIn,
        List.of(), List.of()));
  }

  private void record(Trial trial) {
    if (trial.owesRecord(sight)) {
      analysis.setStatus(trial.status(sight));
    }
  }

  private void window(long sequence, double requests) {
    Window window = new Window(sequence, NOON.plusSeconds(sequence), SECOND, List.of(pod("canary", requests)),
        List.of(pod("stable", 4 * requests)), true);
    closed.add(new ClosedWindow(window, List.of(), 0, Optional.empty()));
  }

  private static PodCounts pod(String name, double requests) {
    return new PodCounts(name, requests, 0, new TreeMap<>());
  }

  private static Step step(int index) {
    return new Step(index, NOON.plusSeconds(index), SECOND, Duration.ofMinutes(1));
  }

  private final class Scripted implements WindowCollector {

    @Override
    public void follow(Set<PodTarget> targets) {
      throw new AssertionError("nobody follows here");
    }

    @Override
    public List<ClosedWindow> closedAfter(long sequence) {
      return closed.stream().filter(window -> window.window().sequence() > sequence).toList();
    }

    @Override
    public Optional<Sighting> sighting(Arm arm, SignatureId signature) {
      return Optional.ofNullable(sightings.get(signature)).filter(_ -> arm == Arm.CANARY);
    }

    @Override
    public void close() {
      closed.clear();
    }
  }
}
