package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.EvidenceSnapshot;
import dev.serin.judge.Judge;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.Verdict;
import dev.serin.judge.VerdictSentence;
import dev.serin.judge.Window;
import dev.serin.judge.rewording.Rewording;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.Dossier;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.Rulings;
import dev.serin.operator.source.ClosedWindow;
import dev.serin.operator.source.WindowCollector;
import dev.serin.rollout.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One candidate under judgement in this process: the open collector and the evidence folded so far.
///
/// Nothing here is lost that matters: a new process takes up the recorded evidence, and only windows since then are
/// missing. Used by one reconcile at a time.
final class Trial implements AutoCloseable {

  private static final Duration RECORD_EVERY = Duration.ofSeconds(30);

  private final WindowCollector collector;
  private final Policy policy;
  private final Dossier dossier;
  private Evidence evidence;
  private Tally tally;
  private @Nullable Judged judged;
  private @Nullable Instant passedAt;
  private int canaryPods;

  /// @param complete
  ///          windows folded
  /// @param missing
  ///          windows that counted for neither arm
  /// @param late
  ///          lines that came too late
  record Tally(long complete, long missing, long late) {}

  /// The verdict of the last window.
  private record Judged(Verdict verdict, Instant at, long window, Optional<String> incompleteBecause) {}

  private Trial(WindowCollector collector, Recorded recorded) {
    this.collector = collector;
    this.policy = recorded.policy();
    this.evidence = recorded.evidence();
    this.tally = recorded.tally();
    this.dossier = recorded.dossier();
    this.passedAt = recorded.passedAt();
  }

  /// What stands in an Analysis.
  record Recorded(Policy policy, Evidence evidence, Tally tally, Dossier dossier, @Nullable Instant passedAt) {

    /// @throws EvidenceUnreadable
    ///           when the evidence is damaged or belongs to another policy
    static Recorded of(AnalysisSight analysis) {
      AnalysisStatus status = analysis.status();
      var windows = status.windows();
      var step = status.step();
      try {
        Policy policy = Frozen.policy(analysis.spec());
        String text = status.evidence() == null ? learned(analysis.spec()) : status.evidence();
        Evidence evidence = text.isEmpty()
            ? Evidence.initial(policy)
            : Evidence.of(EvidenceSnapshot.parse(text), policy);
        return new Recorded(policy, evidence,
            windows == null ? new Tally(0, 0, 0) : new Tally(windows.complete(), windows.missing(), windows.late()),
            Dossier.of(analysis), step == null ? null : step.passedAt());
      } catch (IllegalArgumentException e) {
        throw new EvidenceUnreadable(analysis.object().getMetadata().getName(), e);
      }
    }
  }

  /// What the burn-in taught, or nothing.
  private static String learned(AnalysisSpec spec) {
    return spec.burnIn() == null ? "" : spec.burnIn().evidence();
  }

  /// Takes up the recorded evidence, or begins without any.
  static Trial resume(Recorded recorded, WindowCollector collector) {
    return new Trial(collector, recorded);
  }

  /// The signatures under test.
  List<Evidence.SignatureEvidence> signatures() {
    return evidence.signatures();
  }

  /// What people have not been told yet.
  List<Dossier.News> news() {
    return dossier.news(evidence.signatures(), collector::sighting, canaryPods);
  }

  /// People have been told the news.
  void told() {
    dossier.told();
  }

  WindowCollector collector() {
    return collector;
  }

  /// Begins the step; nothing happens if it has begun.
  void startStep(Step step) {
    move(evidence.startStep(step));
  }

  /// Outside of steps nothing is passed and nothing runs out of time.
  void endStep() {
    move(evidence.endStep());
  }

  private void move(Evidence moved) {
    if (!moved.step().equals(evidence.step())) {
      passedAt = null;
      // Recorded under the new step, the word that left the last one would leave this one too, unwatched.
      if (judged != null && Rulings.type(judged.verdict()) != VerdictType.ROLL_BACK) {
        judged = null;
      }
    }
    evidence = moved;
  }

  /// Folds every window that closed meanwhile. A verdict to roll back stands; later windows do not take it back.
  ///
  /// @return the windows folded
  List<ClosedWindow> fold() {
    List<ClosedWindow> closed = collector.closedAfter(evidence.lastSequence());
    for (ClosedWindow window : closed) {
      window.discovered().forEach(dossier::discovered);
      canaryPods = window.window().canary().size();
      boolean complete = window.window().complete();
      // A gap: nobody collected these windows, as after a restart.
      long lost = evidence.windows() == 0 ? 0 : window.window().sequence() - evidence.lastSequence() - 1;
      tally = new Tally(tally.complete() + (complete ? 1 : 0), tally.missing() + lost + (complete ? 0 : 1),
          tally.late() + window.late());
      Window counted = dossier.underOldNames(window.window());
      var found = Judge.judge(evidence, counted, policy);
      evidence = forgiven(found.evidence());
      // Given again on what is left of the evidence, if less is left.
      var judgement = evidence == found.evidence() ? found : Judge.judge(evidence, counted, policy);
      if (judged == null || Rulings.type(judged.verdict()) != VerdictType.ROLL_BACK) {
        judged = new Judged(passing(judgement.verdict(), window.window().end()), window.window().end(),
            window.window().sequence(), window.incompleteBecause());
      }
    }
    return closed;
  }

  /// The evidence without what speaks against errors that are old ones in other words.
  private Evidence forgiven(Evidence found) {
    Evidence left = found;
    for (Rewording.Renamed renamed : Rewording.in(found, dossier::likeness)) {
      left = dossier.renamed(renamed) ? left.forgiving(renamed.appeared()) : left;
    }
    return left;
  }

  private Verdict passing(Verdict verdict, Instant at) {
    if (Rulings.type(verdict) == VerdictType.ADVANCE) {
      passedAt = passedAt == null ? at : passedAt;
      return verdict;
    }
    return passedAt == null ? verdict : Rulings.whenPassed(verdict);
  }

  /// Whether the Analysis must be written: another verdict, another step, or 30 s since the last time.
  boolean owesRecord(AnalysisSight analysis) {
    AnalysisStatus recorded = analysis.status();
    AnalysisStatus.Verdict last = recorded.verdict();
    if (judged == null || (last != null && last.type() == VerdictType.ROLL_BACK)) {
      return false;
    }
    if (last == null || last.at() == null || last.type() != Rulings.type(judged.verdict())) {
      return true;
    }
    int step = evidence.step().map(Step::index).orElse(-1);
    int recordedStep = recorded.step() == null ? -1 : recorded.step().index();
    return step != recordedStep || !judged.at().isBefore(last.at().plus(RECORD_EVERY));
  }

  /// What the Analysis is to say now.
  AnalysisStatus status(AnalysisSight analysis) {
    AnalysisStatus recorded = analysis.status();
    return new AnalysisStatus(evidence.lastSequence(),
        evidence.step().map(step -> new AnalysisStatus.CurrentStep(step.index(), step.startedAt(), passedAt))
            .orElse(null),
        new AnalysisStatus.Windows(tally.complete(), tally.missing(), tally.late()),
        judged == null ? recorded.verdict() : verdict(judged), evidence.snapshot().text(),
        dossier.summaries(evidence.signatures(), collector::sighting), dossier.renames(),
        new AnalysisStatus.Exposure((long) evidence.exposure(Arm.CANARY), (long) evidence.exposure(Arm.BASELINE)),
        evidence.modelSuspect().orElse(null));
  }

  private AnalysisStatus.Verdict verdict(Judged last) {
    Reason reason = Rulings.reason(last.verdict());
    String sentence = VerdictSentence.of(last.verdict(), dossier::template, policy)
        + dossier.affected(last.verdict(), collector::sighting);
    String message = reason == Reason.WindowIncomplete
        ? sentence + last.incompleteBecause().map(why -> " " + asSentence(why)).orElse("")
        : sentence;
    return new AnalysisStatus.Verdict(Rulings.type(last.verdict()), reason.name(), message, last.at(), last.window());
  }

  private static String asSentence(String phrase) {
    return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1) + ".";
  }

  @Override
  public void close() {
    collector.close();
  }
}
