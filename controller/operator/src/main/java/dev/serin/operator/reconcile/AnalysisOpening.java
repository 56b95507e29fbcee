package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.DurationText;
import dev.serin.api.v1alpha1.Family;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.Policy;
import dev.serin.judge.Window;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.source.BurnIn;
import dev.serin.rollout.Action;
import dev.serin.signature.Signature;
import dev.serin.signature.merge.FirstOfKind;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the Analysis of a candidate: everything that the verdict depends on besides the counts to come, frozen.
final class AnalysisOpening {

  private AnalysisOpening() {}

  /// The Analysis, not yet named.
  static Analysis of(Rollout rollout, Action.OpenAnalysis opening, BurnIn burnIn,
      AnalysisSpec.Logs logs) {
    String revision = opening.candidate().revision().value();
    var analysis = new Analysis();
    analysis.setMetadata(new ObjectMetaBuilder().withNamespace(rollout.getMetadata().getNamespace())
        .withLabels(Map.of(Keys.ROLLOUT, rollout.getMetadata().getName(), Keys.REVISION, revision))
        .withOwnerReferences(new OwnerReferenceBuilder().withApiVersion(rollout.getApiVersion())
            .withKind(rollout.getKind()).withName(rollout.getMetadata().getName())
            .withUid(rollout.getMetadata().getUid()).withController(true).build())
        .build());
    Policy policy = Frozen.policy(spec(rollout, opening, burnIn, "0", "", logs));
    analysis.setSpec(spec(rollout, opening, burnIn, policy.configHash(), learned(policy, burnIn), logs));
    return analysis;
  }

  /// What the judge learned from the burn-in.
  private static String learned(Policy policy, BurnIn burnIn) {
    Evidence evidence = Evidence.initial(policy);
    for (Window window : burnIn.windows()) {
      evidence = Judge.judge(evidence, window, policy).evidence();
    }
    return evidence.snapshot().text();
  }

  private static AnalysisSpec spec(Rollout rollout, Action.OpenAnalysis opening, BurnIn burnIn, String configHash,
      String learned, AnalysisSpec.Logs logs) {
    AnalysisPolicy asked = rollout.getSpec().analysis();
    return new AnalysisSpec(
        new AnalysisSpec.RolloutRef(rollout.getMetadata().getName(), rollout.getMetadata().getUid()),
        opening.candidate().revision().value(), opening.candidate().since(), opening.stable().revision().value(),
        configHash, asked.alpha(), asked.maxIncrease(), asked.minRequests(), asked.onInconclusive(), asked.window(),
        asked.warmup(), Frozen.written(burnIn.exposure()), logs,
        burnIn.covered() ? past(burnIn, learned) : null,
        Frozen.written(opening.steps()),
        known(asked, logs, burnIn));
  }

  private static AnalysisSpec.BurnIn past(BurnIn burnIn, String learned) {
    return new AnalysisSpec.BurnIn(burnIn.from(), burnIn.to(), burnIn.requests(), burnIn.failures(),
        (long) burnIn.podSeconds(), DurationText.format(Duration.between(burnIn.from(), burnIn.to())), learned);
  }

  /// Named signatures and those that stable has shown, the most frequent first when there are too many.
  private static List<AnalysisSpec.KnownSignature> known(AnalysisPolicy asked,
      AnalysisSpec.Logs logs, BurnIn burnIn) {
    var byName = new LinkedHashMap<String, AnalysisPolicy.SignaturePolicy>();
    asked.signatures().forEach(named -> byName.put(named.name(), named));
    var known = new LinkedHashMap<String, AnalysisSpec.KnownSignature>();
    burnIn.observed().stream().sorted(Comparator.comparingLong(BurnIn.Observed::events).reversed()
        .thenComparing(observed -> observed.signature().id())).limit(Policy.MAX_KNOWN - byName.size())
        .forEach(observed -> known.put(observed.signature().id().value(), known(asked, byName, observed.signature(),
            observed.events(), asked.tenant() != null && observed.namesTenants())));
    Frozen.rules(logs).named().forEach(named -> {
      Signature signature = Signature.named(named);
      known.putIfAbsent(signature.id().value(), known(asked, byName, signature, 0, false));
    });
    return List.copyOf(known.values());
  }

  private static AnalysisSpec.KnownSignature known(AnalysisPolicy asked,
      Map<String, AnalysisPolicy.SignaturePolicy> byName, Signature signature, long events, boolean byTenant) {
    var own = signature.name().map(byName::get);
    return new AnalysisSpec.KnownSignature(signature.id().value(), signature.template(),
        FirstOfKind.node(signature).orElse(null), family(signature),
        own.map(AnalysisPolicy.SignaturePolicy::severity).orElse(dev.serin.api.v1alpha1.Severity.NORMAL),
        own.flatMap(AnalysisPolicy.SignaturePolicy::maxIncreaseValue).orElse(asked.maxIncreaseValue()).toPlainString(),
        events > 0, events, byTenant);
  }

  private static Family family(Signature signature) {
    return switch (signature.family()) {
      case NAMED -> Family.NAMED;
      case HTTP -> Family.HTTP;
      case EXC -> Family.EXCEPTION;
      case LOG -> Family.LOG;
      case K8S -> Family.KUBERNETES;
    };
  }
}
