package dev.serin.operator.record;

import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.DurationText;
import dev.serin.api.v1alpha1.Pause;
import dev.serin.api.v1alpha1.Step;
import dev.serin.api.v1alpha1.WeightText;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.OnInconclusive;
import dev.serin.judge.Policy;
import dev.serin.judge.Severity;
import dev.serin.judge.Watched;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.Weight;
import dev.serin.signature.NamedTemplate;
import dev.serin.signature.RecordRules;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.FirstOfKind;
import dev.serin.signature.record.TenantSource;
import dev.serin.signature.tenant.TenantKey;
import dev.serin.signature.text.WildcardTemplate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the API's texts as values of the core.
public final class Frozen {

  private Frozen() {}

  /// The policy that an Analysis froze.
  public static Policy policy(AnalysisSpec spec) {
    SortedMap<SignatureId, Watched> known = new TreeMap<>();
    spec.signatures().forEach(signature -> known.put(new SignatureId(signature.id()), new Watched(
        severity(signature.severity()), new Policy.Margin(signature.maxIncreaseValue().doubleValue(), 0),
        signature.inHistory())));
    return new Policy(spec.alphaValue().doubleValue(), new Policy.Margin(spec.maxIncreaseValue().doubleValue(), 0),
        exposure(spec.exposureKind()), new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, spec.minRequests(),
            Policy.Advance.DEFAULT.worstRatio(), Policy.Advance.DEFAULT.beta()),
        onInconclusive(spec.onInconclusive()), known, new TreeMap<>(),
        new Policy.Cadence(spec.windowValue(), spec.warmupValue(), Policy.Cadence.DEFAULT.deadline()));
  }

  /// The steps of a Rollout or an Analysis.
  public static List<PlannedStep> steps(List<Step> steps) {
    return steps.stream().map(step -> new PlannedStep(new Weight(step.weightValue()), step.minDurationValue(),
        step.maxDurationValue(), step.pause() == Pause.UNTIL_APPROVED)).toList();
  }

  /// The same steps as the API writes them.
  public static List<Step> written(List<PlannedStep> steps) {
    return steps.stream()
        .map(step -> new Step(WeightText.format(step.weight().partsPerMillion()),
            DurationText.format(step.minDuration()), DurationText.format(step.maxDuration()),
            step.untilApproved() ? Pause.UNTIL_APPROVED : null))
        .toList();
  }

  /// How records are told apart.
  public static RecordRules rules(AnalysisSpec.Logs logs) {
    return new RecordRules(
        logs.signatures().stream()
            .map(named -> new NamedTemplate(named.name(), WildcardTemplate.parse(named.template()))).toList(),
        Optional.ofNullable(logs.requests()).map(WildcardTemplate::parse));
  }

  /// Where records name the tenant, the most telling first; empty: in the usual fields.
  public static List<TenantSource> tenants(AnalysisSpec.Logs logs) {
    var asked = logs.tenant();
    return asked == null
        ? List.of()
        : Stream.<Optional<TenantSource>>of(Optional.ofNullable(asked.fromField()).map(TenantSource.Field::new),
            Optional.ofNullable(asked.fromHeader()).map(TenantSource.Header::new),
            Optional.ofNullable(asked.fromPathSegment()).map(TenantSource.Segment::new),
            Optional.ofNullable(asked.fromSubdomainOf()).map(TenantSource.Subdomain::new),
            Optional.ofNullable(asked.fromTemplate()).map(WildcardTemplate::parse).map(TenantSource.Template::new))
            .flatMap(Optional::stream).toList();
  }

  /// The signatures that others may turn out to be of the kind of, with what is learned of them by now.
  public static List<FirstOfKind.Known> groups(AnalysisSpec spec, AnalysisStatus status) {
    Map<String, FirstOfKind.Known> groups = new LinkedHashMap<>();
    spec.signatures().forEach(known -> groups.put(known.id(), new FirstOfKind.Known(new SignatureId(known.id()),
        Optional.ofNullable(known.placeHash()), known.template())));
    // By ID: the order in which they stand there is that of their evidence.
    status.signatures().stream().sorted(Comparator.comparing(AnalysisStatus.SignatureSummary::id))
        .forEach(found -> groups.put(found.id(), new FirstOfKind.Known(new SignatureId(found.id()),
            Optional.ofNullable(found.placeHash()), found.template())));
    return List.copyOf(groups.values());
  }

  /// The signatures that are judged by tenant.
  public static Set<SignatureId> byTenant(AnalysisSpec spec) {
    return spec.signatures().stream().filter(AnalysisSpec.KnownSignature::byTenant)
        .map(known -> new SignatureId(known.id())).collect(Collectors.toUnmodifiableSet());
  }

  /// The key that hides the names of tenants.
  ///
  /// @param key
  ///          of this process
  /// @return empty if the Analysis began under another key: its hashes mean nothing under this one
  public static Optional<TenantKey> tenantKey(AnalysisSpec.Logs logs, TenantKey key) {
    return Optional.of(key).filter(own -> own.id().equals(logs.tenantKey()));
  }

  /// An unknown severity is a normal one.
  public static Severity severity(dev.serin.api.v1alpha1.Severity severity) {
    return switch (severity) {
      case NORMAL, UNKNOWN -> Severity.NORMAL;
      case CRITICAL -> Severity.CRITICAL;
    };
  }

  /// What rates are counted per.
  public static ExposureKind exposure(dev.serin.api.v1alpha1.ExposureKind kind) {
    return switch (kind) {
      case REQUESTS -> ExposureKind.REQUESTS;
      // Unknown units get the wider margin.
      case POD_SECONDS, UNKNOWN -> ExposureKind.POD_SECONDS;
    };
  }

  /// The same as the API writes it.
  public static dev.serin.api.v1alpha1.ExposureKind written(ExposureKind kind) {
    return switch (kind) {
      case REQUESTS -> dev.serin.api.v1alpha1.ExposureKind.REQUESTS;
      case POD_SECONDS -> dev.serin.api.v1alpha1.ExposureKind.POD_SECONDS;
    };
  }

  /// An unknown choice holds.
  public static OnInconclusive onInconclusive(dev.serin.api.v1alpha1.OnInconclusive then) {
    return switch (then) {
      case HOLD, UNKNOWN -> OnInconclusive.HOLD;
      case PROMOTE -> OnInconclusive.PROMOTE;
      case ROLL_BACK -> OnInconclusive.ROLL_BACK;
    };
  }
}
