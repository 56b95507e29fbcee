package dev.serin.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisSpec.RolloutRef;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.api.v1alpha1.OnInconclusive;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Step;
import dev.serin.judge.Window;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.Rulings;
import dev.serin.operator.source.ClosedWindow;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.source.WindowCollector;
import dev.serin.rollout.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<ClosedWindow> closed = new ArrayList<>();
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
  @DisplayName("Evidence that another version of the judge wrote cannot be read, and the trial says so")
  void refusesOtherEvidence() {
    open();
    analysis.setStatus(new AnalysisStatus(1L, null, null, null, "e1.AAAA", List.of(), null, null));
    assertThatThrownBy(() -> Trial.Recorded.of(sight)).isInstanceOf(EvidenceUnreadable.class);
  }

  private void open() {
    open(null);
  }

  private void open(AnalysisSpec.@Nullable BurnIn burnIn) {
    analysis.setSpec(new AnalysisSpec(new RolloutRef("x", "uid"), "rev", NOON, "stable", "", "0.01", "1.0", 10,
        OnInconclusive.HOLD, "1s", "0s", ExposureKind.REQUESTS, new AnalysisSpec.Logs(null, null, List.of()), burnIn,
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
    public void close() {
      closed.clear();
    }
  }
}
