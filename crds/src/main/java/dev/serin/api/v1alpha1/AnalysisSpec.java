package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The policy of one judgement, fixed before the canary starts. Immutable.
///
/// @param rolloutRef
///          the Rollout and its uid
/// @param revision
///          the candidate
/// @param candidateSince
///          when the candidate was first seen; with the revision it names the attempt
/// @param stableRevision
///          what it is compared with
/// @param configHash
///          hash of everything that the verdict depends on
/// @param warmup
///          pods younger than this are not judged; absent where an older operator froze it, which judged all pods
/// @param exposureKind
///          what rates are counted per, for both arms
/// @param logs
///          how log records are read
/// @param steps
///          the steps, defaults resolved
/// @param signatures
///          signatures known before the canary started, at most 200
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AnalysisSpec(RolloutRef rolloutRef, String revision,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant candidateSince, String stableRevision, String configHash,
    String alpha, String maxIncrease, long minRequests, OnInconclusive onInconclusive, String window, String warmup,
    ExposureKind exposureKind, Logs logs, @Nullable BurnIn burnIn, List<Step> steps, List<KnownSignature> signatures) {

  public AnalysisSpec {
    rolloutRef = Objects.requireNonNullElseGet(rolloutRef, () -> new RolloutRef("", ""));
    revision = Objects.requireNonNullElse(revision, "");
    candidateSince = Objects.requireNonNullElse(candidateSince, Instant.EPOCH);
    stableRevision = Objects.requireNonNullElse(stableRevision, "");
    configHash = Objects.requireNonNullElse(configHash, "");
    alpha = Objects.requireNonNullElse(alpha, "");
    maxIncrease = Objects.requireNonNullElse(maxIncrease, "");
    onInconclusive = Objects.requireNonNullElse(onInconclusive, OnInconclusive.UNKNOWN);
    window = Objects.requireNonNullElse(window, "");
    warmup = Objects.requireNonNullElse(warmup, "0s");
    exposureKind = Objects.requireNonNullElse(exposureKind, ExposureKind.UNKNOWN);
    logs = Objects.requireNonNullElse(logs, Logs.DEFAULT);
    steps = List.copyOf(Objects.requireNonNullElse(steps, List.of()));
    signatures = List.copyOf(Objects.requireNonNullElse(signatures, List.of()));
  }

  public BigDecimal alphaValue() {
    return DecimalText.parse(alpha);
  }

  public BigDecimal maxIncreaseValue() {
    return DecimalText.parse(maxIncrease);
  }

  public Duration windowValue() {
    return DurationText.parse(window);
  }

  public Duration warmupValue() {
    return DurationText.parse(warmup);
  }

  /// The Rollout that asked.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RolloutRef(String name, String uid) {

    public RolloutRef {
      name = Objects.requireNonNullElse(name, "");
      uid = Objects.requireNonNullElse(uid, "");
    }
  }

  /// How log records are read.
  ///
  /// @param container
  ///          absent: the pod's default container
  /// @param requests
  ///          template of request records; absent: known by their fields
  /// @param signatures
  ///          named by the Rollout, at most 20
  /// @param tenant
  ///          where records name the tenant; absent: in the usual fields
  /// @param tenantKey
  ///          ID of the key that hides the names of tenants; absent: tenants are not told apart
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Logs(@Nullable String container, @Nullable String requests, List<NamedTemplate> signatures,
      AnalysisPolicy.@Nullable TenantSource tenant, @Nullable String tenantKey) {

    /// The usual fields of the default container, tenants not told apart.
    public static final Logs DEFAULT = new Logs(null, null, List.of(), null, null);

    public Logs {
      signatures = List.copyOf(Objects.requireNonNullElse(signatures, List.of()));
    }

    /// What the policy asks for.
    ///
    /// @param tenantKey
    ///          ID of the key in use
    public static Logs of(AnalysisPolicy policy, String tenantKey) {
      var requests = policy.requests();
      return new Logs(policy.logContainer().orElse(null), requests == null ? null : requests.template(),
          policy.signatures().stream().map(named -> new NamedTemplate(named.name(), named.match().template()))
              .toList(),
          policy.tenant(), tenantKey);
    }
  }

  /// A signature that the Rollout names.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record NamedTemplate(String name, String template) {

    public NamedTemplate {
      name = Objects.requireNonNullElse(name, "");
      template = Objects.requireNonNullElse(template, "");
    }
  }

  /// What stable's logs told before the canary started. Absent in the Analysis: nothing could be read.
  ///
  /// @param requests
  ///          requests counted, 0 or more
  /// @param failures
  ///          of these, failed ones
  /// @param exposureSeconds
  ///          pod-seconds read
  /// @param covered
  ///          time that the logs really cover, such as `57m30s`
  /// @param evidence
  ///          the judge's state after it, encoded: what it learned of how events cluster; empty if nothing
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BurnIn(@Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant from,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant to, long requests, long failures,
      long exposureSeconds, String covered, String evidence) {

    public BurnIn {
      covered = Objects.requireNonNullElse(covered, "0s");
      evidence = Objects.requireNonNullElse(evidence, "");
    }

    public Duration coveredValue() {
      return DurationText.parse(covered);
    }
  }

  /// A signature known before the canary started.
  ///
  /// @param placeHash
  ///          where texts that differ from it in names only count as it; absent where none does
  /// @param inHistory
  ///          it occurred in the burn-in; otherwise the user named it
  /// @param burnInEvents
  ///          its events in the burn-in
  /// @param byTenant
  ///          whether its events are judged by groups of tenants too; false where an older operator froze it
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KnownSignature(String id, String template, @Nullable String placeHash,
      Family family, Severity severity,
      String maxIncrease,
      boolean inHistory, long burnInEvents, boolean byTenant) {

    public KnownSignature {
      id = Objects.requireNonNullElse(id, "");
      template = Objects.requireNonNullElse(template, "");
      family = Objects.requireNonNullElse(family, Family.UNKNOWN);
      severity = Objects.requireNonNullElse(severity, Severity.NORMAL);
      maxIncrease = Objects.requireNonNullElse(maxIncrease, "1.0");
    }

    public BigDecimal maxIncreaseValue() {
      return DecimalText.parse(maxIncrease);
    }
  }
}
