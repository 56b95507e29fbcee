package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.Thresholds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything learned in one rollout, as a fold over its closed windows. Immutable; the same windows give the same bits
/// on every machine, however often the controller restarts in between.
public final class Evidence {

  /// Stands for all errors together, where an ID is wanted.
  public static final SignatureId TOTAL_ERRORS = new SignatureId("total-errors");

  /// Stands for all signatures that found no slot, where an ID is wanted.
  public static final SignatureId OTHER = new SignatureId("other-signatures");

  private static final double NEGLIGIBLE_PER_POD_SECOND = 5e-3;
  private static final int SUSPECTS = 5;
  private static final double LEAST_SHARE = 0.01;

  private static final String SLOWER = "slower-than-";
  private static final double MILLIS = 1000;

  /// A signature with this share is named before the sums that it is part of.
  private static final double TELLING_SHARE = 0.1;

  /// Sums over the rollout.
  record Totals(long lastSequence, long windows, double canaryExposure, double baselineExposure) {}

  /// The step in force, null outside of steps, and what happened since it began.
  record StepCounts(@Nullable Step step, double canaryExposure, double expectedErrors) {}

  /// One arm with ready pods and no traffic, while the other has some.
  record Silence(long windows, double otherExposure) {
    static final Silence NONE = new Silence(0, 0);
  }

  /// Sums since the last canary request that did not fail.
  record Failing(double canary, double baseline, double baselineFailures) {
    static final Failing NONE = new Failing(0, 0, 0);
  }

  /// What must happen several times in a row.
  record Streaks(Silence canary, Silence baseline, Failing failing) {

    Streaks after(Window window, ExposureKind kind) {
      double nc = window.exposure(Arm.CANARY);
      double nb = window.exposure(Arm.BASELINE);
      return new Streaks(silence(canary, window.canary(), nc, nb), silence(baseline, window.baseline(), nb, nc),
          kind == ExposureKind.REQUESTS ? failing(window, nc, nb) : Failing.NONE);
    }

    private static Silence silence(Silence before, List<PodCounts> pods, double own, double other) {
      if (own > 0 || pods.isEmpty()) {
        return Silence.NONE;
      }
      return other > 0 ? new Silence(before.windows() + 1, before.otherExposure() + other) : before;
    }

    private Failing failing(Window window, double nc, double nb) {
      if (window.failures(Arm.CANARY) < nc) {
        return Failing.NONE;
      }
      return nc > 0
          ? new Failing(failing.canary() + nc, failing.baseline() + nb,
              failing.baselineFailures() + window.failures(Arm.BASELINE))
          : failing;
    }
  }

  /// One signature's evidence for reports.
  ///
  /// @param observed
  ///          ID, counts, rate ratio and share of the evidence
  /// @param novel
  ///          whether the policy does not know it
  /// @param logE
  ///          natural logarithm of its own evidence, within -700..700
  /// @param excess
  ///          canary events beyond what the margin allows at the baseline's rate; may be negative
  public record SignatureEvidence(Verdict.Suspect observed, boolean novel, double logE, double excess) {}

  /// Stands for requests slower than a bound in seconds, where an ID is wanted.
  static SignatureId slowerThan(double bound) {
    var millis = BigDecimal.valueOf(bound * MILLIS).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return new SignatureId(SLOWER + millis.toPlainString() + "ms");
  }

  /// The bound as "250 ms", if the ID is that of slow requests.
  static Optional<String> slowBound(SignatureId signature) {
    var id = signature.value();
    return id.startsWith(SLOWER) && id.endsWith("ms")
        ? Optional.of(id.substring(SLOWER.length(), id.length() - 2) + " ms")
        : Optional.empty();
  }

  private final Policy policy;
  private final Totals totals;
  private final StepCounts step;
  private final Streaks streaks;
  private final Hypotheses hypotheses;
  private final Charge charge;

  Evidence(Policy policy, Totals totals, StepCounts step, Streaks streaks, Hypotheses hypotheses,
      @Nullable Instant badPodSince) {
    this.policy = policy;
    this.totals = totals;
    this.step = step;
    this.streaks = streaks;
    this.hypotheses = hypotheses;
    this.charge = Charge.of(hypotheses, policy.logThreshold(), badPodSince);
  }

  /// No window yet, no step yet.
  public static Evidence initial(Policy policy) {
    return new Evidence(policy, new Totals(-1, 0, 0, 0), new StepCounts(null, 0, 0),
        new Streaks(Silence.NONE, Silence.NONE, Failing.NONE), Hypotheses.initial(policy), null);
  }

  /// Takes up where a snapshot ended, bit for bit.
  ///
  /// @throws IllegalArgumentException
  ///           if the snapshot belongs to another policy or is damaged
  public static Evidence of(EvidenceSnapshot snapshot, Policy policy) {
    return snapshot.read(policy);
  }

  /// This state as text.
  public EvidenceSnapshot snapshot() {
    return EvidenceSnapshot.of(this);
  }

  /// Begins a step: its counts start at zero, the evidence lives on. Nothing changes if this step has begun already.
  public Evidence startStep(Step next) {
    return next.equals(step.step())
        ? this
        : new Evidence(policy, totals, new StepCounts(next, 0, 0), streaks, hypotheses, charge.badPodSince());
  }

  /// Ends the step: until another begins, nothing can be passed and nothing runs out of time; evidence of harm goes on.
  public Evidence endStep() {
    return step.step() == null
        ? this
        : new Evidence(policy, totals, new StepCounts(null, 0, 0), streaks, hypotheses, charge.badPodSince());
  }

  /// Gives up what speaks against the canary by one signature, counts included; what follows begins anew. For one that was taken for
  /// another: lowering evidence never breaks the promise. Nothing changes if it has no evidence of its own.
  public Evidence forgiving(SignatureId signature) {
    return new Evidence(policy, totals, step, streaks,
        hypotheses.forgiving(hypotheses.roster().index(signature)), charge.badPodSince());
  }

  /// Folds a window whose sequence is above [#lastSequence].
  ///
  /// @param warm
  ///          its warm pods
  Evidence after(Window window, Window.Cells warm) {
    double nc = Window.Cells.exposure(warm.canary());
    double nb = Window.Cells.exposure(warm.stable());
    var skipped = new Totals(window.sequence(), totals.windows(), totals.canaryExposure(), totals.baselineExposure());
    if (!window.complete()) {
      return new Evidence(policy, skipped, step, streaks, hypotheses, charge.badPodSince());
    }
    if (window.burnIn()) {
      return new Evidence(policy, skipped, step, streaks, hypotheses.learned(warm), charge.badPodSince());
    }
    var watched = streaks.after(window, policy.exposure());
    if (nc == 0 || nb == 0) {
      return new Evidence(policy, skipped, step, watched, hypotheses, charge.badPodSince());
    }
    var sums = new Totals(window.sequence(), totals.windows() + 1, totals.canaryExposure() + nc,
        totals.baselineExposure() + nb);
    double logThreshold = policy.logThreshold();
    var next = hypotheses.after(warm, Thresholds.onset(policy.window()).remaining(sums.windows()), logThreshold);
    var blaming = next.logG() >= logThreshold ? next.blaming(logThreshold) : next;
    var counts = stepAfter(window, nc, Window.Cells.failures(warm.stable()) * nc / nb);
    return new Evidence(policy, sums, counts, watched, blaming, charge.badPodSince()).dated(window.end());
  }

  /// Remembers since when only one pod speaks against the canary.
  private Evidence dated(Instant now) {
    var since = charge.standing() != Charge.Standing.ONE_BAD_POD
        ? null
        : charge.badPodSince() == null ? now : charge.badPodSince();
    return Objects.equals(since, charge.badPodSince())
        ? this
        : new Evidence(policy, totals, step, streaks, hypotheses, since);
  }

  private StepCounts stepAfter(Window window, double nc, double expected) {
    var current = step.step();
    // A window that began before the step ran, in part, at another weight.
    return current == null || window.start().isBefore(current.startedAt())
        ? step
        : new StepCounts(current, step.canaryExposure() + nc, step.expectedErrors() + expected);
  }

  /// Sequence of the last window folded, -1 before the first.
  public long lastSequence() {
    return totals.lastSequence();
  }

  /// Complete windows with traffic on both arms.
  public long windows() {
    return totals.windows();
  }

  /// Requests or pod-seconds of an arm in these windows.
  public double exposure(Arm arm) {
    return switch (arm) {
      case CANARY -> totals.canaryExposure();
      case BASELINE -> totals.baselineExposure();
    };
  }

  /// The step in force, empty outside of steps.
  public Optional<Step> step() {
    return Optional.ofNullable(step.step());
  }

  /// Natural logarithm of the evidence against the canary, within -700..700; it rolls back at
  /// [Policy#logThreshold].
  public double logG() {
    return charge.strength().logG();
  }

  /// How strong the evidence is.
  public Verdict.Strength strength() {
    return charge.strength();
  }

  /// Why the stable pods are not taken for alike any more, as a sentence with numbers; empty while they are.
  public Optional<String> modelSuspect() {
    return hypotheses.placebo().suspect()
        ? Optional.of(VerdictSentence.ofSuspectModel(hypotheses.placebo(), policy.logThreshold()))
        : Optional.empty();
  }

  /// Whether total errors and every critical signature are proven to stay below the policy's worst ratio, or never
  /// occurred on the canary although it had exposure enough: with beta .05, 4,000 requests or 600 pod-seconds.
  boolean isProven() {
    double negligible = switch (policy.exposure()) {
      case REQUESTS -> Thresholds.NEGLIGIBLE_PER_REQUEST;
      case POD_SECONDS -> NEGLIGIBLE_PER_POD_SECOND;
    };
    return hypotheses.isProven(policy.advance().beta(), totals.canaryExposure(), negligible);
  }

  /// Signatures that are guilty: the probability that any innocent one is ever blamed is at most alpha.
  public List<SignatureId> blamed() {
    return charge.blamed();
  }

  /// The evidence by signature: total errors, the signatures without a slot, known ones by ID, bounds of latency, novel ones
  /// by discovery.
  public List<SignatureEvidence> signatures() {
    var terms = hypotheses.logTerms();
    double logG = hypotheses.logG();
    var roster = hypotheses.roster();
    var report = new ArrayList<SignatureEvidence>(roster.size());
    for (int i = 0; i < roster.size(); i++) {
      if (!roster.isTaken(i)) {
        continue;
      }
      var track = hypotheses.tracks().get(i);
      var counts = track.counts();
      var observed = new Verdict.Suspect(roster.get(i).signature(), counts.canary(), totals.canaryExposure(),
          counts.baseline(), totals.baselineExposure(), track.rateRatio(), StrictMath.exp(terms[i] - logG));
      report.add(new SignatureEvidence(observed, i >= roster.size() - roster.novel().size(),
          Charge.exported(track.logE()), hypotheses.excess(i)));
    }
    return report;
  }

  /// The largest shares of the evidence, at most five; a signature goes before the sums that it is part of.
  List<Verdict.Suspect> suspects() {
    return signatures().stream().map(SignatureEvidence::observed).filter(suspect -> suspect.share() >= LEAST_SHARE)
        .sorted(Comparator.comparing(Evidence::isTelling).thenComparingDouble(Verdict.Suspect::share).reversed()
            .thenComparing(Verdict.Suspect::signature))
        .limit(SUSPECTS).toList();
  }

  private static boolean isTelling(Verdict.Suspect suspect) {
    return suspect.share() >= TELLING_SHARE && !suspect.signature().equals(TOTAL_ERRORS)
        && !suspect.signature().equals(OTHER);
  }

  Policy policy() {
    return policy;
  }

  Totals totals() {
    return totals;
  }

  StepCounts stepCounts() {
    return step;
  }

  Streaks streaks() {
    return streaks;
  }

  Charge charge() {
    return charge;
  }

  Hypotheses hypotheses() {
    return hypotheses;
  }
}
