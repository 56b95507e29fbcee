package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.DurationText;
import dev.serin.api.v1alpha1.Pause;
import dev.serin.api.v1alpha1.Step;
import dev.serin.api.v1alpha1.WeightText;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.OnInconclusive;
import dev.serin.judge.Policy;
import dev.serin.judge.Severity;
import dev.serin.judge.Watched;
import dev.serin.rollout.PlannedStep;
import dev.serin.rollout.Weight;
import dev.serin.signature.NamedTemplate;
import dev.serin.signature.RecordRules;
import dev.serin.signature.SignatureId;
import dev.serin.signature.WildcardTemplate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the API's texts as values of the core.
final class Frozen {

  private Frozen() {}

  /// The policy that an Analysis froze.
  static Policy policy(AnalysisSpec spec) {
    SortedMap<SignatureId, Watched> known = new TreeMap<>();
    spec.signatures().forEach(signature -> known.put(new SignatureId(signature.id()), new Watched(
        severity(signature.severity()), signature.maxIncreaseValue().doubleValue(), signature.inHistory())));
    return new Policy(spec.alphaValue().doubleValue(), spec.maxIncreaseValue().doubleValue(),
        exposure(spec.exposureKind()), spec.minRequests(), onInconclusive(spec.onInconclusive()), known,
        spec.windowValue());
  }

  /// The steps of a Rollout or an Analysis.
  static List<PlannedStep> steps(List<Step> steps) {
    return steps.stream().map(step -> new PlannedStep(new Weight(step.weightValue()), step.minDurationValue(),
        step.maxDurationValue(), step.pause() == Pause.UNTIL_APPROVED)).toList();
  }

  /// The same steps as the API writes them.
  static List<Step> written(List<PlannedStep> steps) {
    return steps.stream()
        .map(step -> new Step(WeightText.format(step.weight().partsPerMillion()),
            DurationText.format(step.minDuration()), DurationText.format(step.maxDuration()),
            step.untilApproved() ? Pause.UNTIL_APPROVED : null))
        .toList();
  }

  /// How records are told apart.
  static RecordRules rules(AnalysisPolicy policy) {
    return new RecordRules(
        policy.signatures().stream()
            .map(named -> new NamedTemplate(named.name(), WildcardTemplate.parse(named.match().template()))).toList(),
        Optional.ofNullable(policy.requests()).map(match -> WildcardTemplate.parse(match.template())));
  }

  static Severity severity(dev.serin.api.v1alpha1.Severity severity) {
    return switch (severity) {
      case NORMAL, UNKNOWN -> Severity.NORMAL;
      case CRITICAL -> Severity.CRITICAL;
    };
  }

  static ExposureKind exposure(dev.serin.api.v1alpha1.ExposureKind kind) {
    return switch (kind) {
      case REQUESTS -> ExposureKind.REQUESTS;
      // Unknown units get the wider margin.
      case POD_SECONDS, UNKNOWN -> ExposureKind.POD_SECONDS;
    };
  }

  static dev.serin.api.v1alpha1.ExposureKind written(ExposureKind kind) {
    return switch (kind) {
      case REQUESTS -> dev.serin.api.v1alpha1.ExposureKind.REQUESTS;
      case POD_SECONDS -> dev.serin.api.v1alpha1.ExposureKind.POD_SECONDS;
    };
  }

  static OnInconclusive onInconclusive(dev.serin.api.v1alpha1.OnInconclusive then) {
    return switch (then) {
      case HOLD, UNKNOWN -> OnInconclusive.HOLD;
      case PROMOTE -> OnInconclusive.PROMOTE;
      case ROLL_BACK -> OnInconclusive.ROLL_BACK;
    };
  }
}
