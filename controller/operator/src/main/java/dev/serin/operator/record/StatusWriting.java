package dev.serin.operator.record;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.plan.PlannedStep;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import dev.serin.rollout.Workload.Protection;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the machine's memory and its report as a Rollout's status.
///
/// @param generation
///          of the spec that was read
/// @param canaryPods
///          canary pods asked for now
/// @param attempt
///          gives the number of steps and their weights
/// @param analysis
///          the candidate's Analysis, whose verdict is shown
/// @param images
///          of the serving container, by revision, as far as templates were seen
/// @param protection
///          what keeps a changed template from rolling, if the Deployment was seen
/// @param now
///          for conditions that change
public record StatusWriting(long generation, int canaryPods, Attempt attempt, @Nullable AnalysisSight analysis,
    Map<Revision, String> images, @Nullable Protection protection, Instant now) {

  private static final String HELD = "Held";
  private static final String MODEL_SUSPECT = "EvidenceModelSuspect";

  private static final int MAX_MESSAGE = 1024;

  /// @param before
  ///          the status as it was read
  public RolloutStatus status(RolloutStatus before, RolloutRecord record, Report report) {
    RolloutState state = record.state();
    var vetoes = record.vetoes().stream().map(veto -> new RolloutStatus.Veto(veto.revision().value(),
        veto.reason().name(), veto.at(), cut(veto.message()))).toList();
    return new RolloutStatus(generation,
        state instanceof RolloutState.Adopted adopted ? revision(adopted.stable()) : null,
        state instanceof RolloutState.Adopted adopted ? stableImage(before, adopted.stable().revision()) : null,
        record.workloadUid().isEmpty() ? null : record.workloadUid(),
        state instanceof RolloutState.Underway underway ? candidate(underway) : null, steps(state), verdict(state),
        promotion(state), vetoes, record.history().stream().map(StatusWriting::revision).toList(), requests(record),
        record.sequence(),
        cut(report.message()), conditions(before.conditions(), report, suspicion(before.conditions(), state)));
  }

  /// The status as it was, with what went wrong.
  public static RolloutStatus failing(RolloutStatus before, Report report, Instant now) {
    long generation = before.observedGeneration() == null ? 0 : before.observedGeneration();
    var writing = new StatusWriting(generation, 0, new Attempt.Unopened(), null, Map.of(), null, now);
    return new RolloutStatus(before.observedGeneration(), before.stable(), before.stableImage(),
        before.workloadUid(), before.candidate(), before.steps(), before.verdict(), before.promotion(), before.vetoes(),
        before.history(), before.requests(),
        before.sequence(), cut(report.message()),
        writing.conditions(before.conditions(), report, same(before.conditions(), MODEL_SUSPECT)));
  }

  /// Its template may be gone from the cluster while stable stays what it is.
  private @Nullable String stableImage(RolloutStatus before, Revision stable) {
    boolean same = before.stable() != null && before.stable().revision().equals(stable.value());
    return images.getOrDefault(stable, same ? before.stableImage() : null);
  }

  private static RolloutStatus.Revision revision(StableRevision stable) {
    return new RolloutStatus.Revision(stable.revision().value(), stable.since());
  }

  private static RolloutStatus.Candidate candidate(RolloutState.Underway state) {
    Candidate candidate = state.candidate();
    return new RolloutStatus.Candidate(candidate.revision().value(), switch (state) {
      case RolloutState.Starting _ -> CandidateState.STARTING;
      case RolloutState.Raising _ -> CandidateState.RAISING;
      case RolloutState.Stepping _ -> CandidateState.STEPPING;
      case RolloutState.Promoting _ -> CandidateState.PROMOTING;
      case RolloutState.Restoring _ -> CandidateState.RESTORING;
      case RolloutState.Vetoed _ -> CandidateState.ROLLED_BACK;
      case RolloutState.Overridden _ -> CandidateState.OVERRIDDEN;
    }, candidate.since());
  }

  private RolloutStatus.@Nullable Steps steps(RolloutState state) {
    if (!(attempt instanceof Attempt.Open(List<PlannedStep> steps, var _))) {
      return null;
    }
    return switch (state) {
      case RolloutState.Raising raising -> step(steps, raising.step(), raising.since(), null);
      case RolloutState.Stepping stepping -> step(steps, stepping.step(), null, stepping.startedAt());
      case RolloutState.Promoting _ -> new RolloutStatus.Steps(steps.size(), steps.size(), "100%", canaryPods, null,
          null, "promoting");
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        null;
    };
  }

  private RolloutStatus.Steps step(List<PlannedStep> steps, int index, @Nullable Instant approvedAt,
      @Nullable Instant startedAt) {
    return new RolloutStatus.Steps(index, steps.size(), steps.get(index).weight().toString(), canaryPods, approvedAt,
        startedAt, (index + 1) + "/" + steps.size());
  }

  /// The Analysis' verdict while it speaks of the candidate that the state names.
  private RolloutStatus.@Nullable Verdict verdict(RolloutState state) {
    AnalysisStatus.Verdict verdict = analysis == null ? null : analysis.status().verdict();
    if (analysis == null || verdict == null || !(state instanceof RolloutState.Underway)) {
      return null;
    }
    return new RolloutStatus.Verdict(verdict.type(), verdict.reason(), cut(verdict.message()), verdict.window(),
        analysis.uid());
  }

  private static RolloutStatus.@Nullable Promotion promotion(RolloutState state) {
    return switch (state) {
      case RolloutState.Promoting promoting -> new RolloutStatus.Promotion(promoting.order(), promoting.since(), null);
      case RolloutState.Restoring restoring -> new RolloutStatus.Promotion(restoring.order(), restoring.since(),
          restoring.next() == null ? null : restoring.next().value());
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        null;
    };
  }

  private static RolloutStatus.@Nullable Requests requests(RolloutRecord record) {
    Requests consumed = record.consumed();
    return consumed.equals(Requests.NONE) ? null : new RolloutStatus.Requests(consumed.approve(), consumed.retry());
  }

  private List<Condition> conditions(List<Condition> before, Report report, Optional<Condition> suspicion) {
    Stream<Condition> kinds = Stream.of(Report.Kind.values()).map(kind -> condition(before, switch (kind) {
      case READY -> "Ready";
      case RECONCILING -> "Reconciling";
      case STALLED -> "Stalled";
    }, kind == report.kind(), report.reason().name(), report.message()));
    return Stream.of(kinds, held(before).stream(), suspicion.stream()).flatMap(Function.identity()).toList();
  }

  /// While a candidate is judged by evidence whose assumptions the stable pods do not bear out.
  private Optional<Condition> suspicion(List<Condition> before, RolloutState state) {
    String why = analysis == null || !(state instanceof RolloutState.Underway)
        ? null
        : analysis.status().modelSuspect();
    return Optional.ofNullable(why).map(text -> condition(before, MODEL_SUSPECT, true, "StablePodsDiffer", text));
  }

  private static Optional<Condition> same(List<Condition> before, String type) {
    return before.stream().filter(old -> type.equals(old.getType())).findFirst();
  }

  /// Which protection is in force; as it was, where the Deployment could not be looked at.
  private Optional<Condition> held(List<Condition> before) {
    if (protection == null) {
      return same(before, HELD);
    }
    return Optional.of(switch (protection) {
      case Protection.Policy() -> condition(before, HELD, true, "AdmissionPolicy",
          "The admission policy pauses the Deployment when its template changes; a dry run proved it and is repeated.");
      case Protection.KeptPaused() -> condition(before, HELD, true, "KeptPaused",
          "spec.hold is Always: the Deployment stays paused except while Serin rolls it. What is pushed just then is refused "
              + "by the chart's keep-paused policy (Kubernetes 1.30), which no dry run proves; without it, it rolls until "
              + "Serin pauses it.");
      case Protection.Unproven(var why) -> condition(before, HELD, false, Reason.HoldNotGuaranteed.name(), why);
    });
  }

  private Condition condition(List<Condition> before, String type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    String since = before.stream().filter(old -> type.equals(old.getType()) && status.equals(old.getStatus()))
        .map(Condition::getLastTransitionTime).findFirst().orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder().withType(type).withStatus(status).withReason(reason).withMessage(cut(message))
        .withObservedGeneration(generation).withLastTransitionTime(since).build();
  }

  private static String cut(@Nullable String message) {
    String text = message == null ? "" : message;
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
