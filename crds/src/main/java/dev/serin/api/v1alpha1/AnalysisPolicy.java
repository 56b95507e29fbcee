package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How new versions are judged.
///
/// @param alpha
///          probability of ever rolling back a good version, above 0, at most 0.2
/// @param window
///          length of a window, 1s..5m
/// @param warmup
///          pods younger than this are not judged, on either arm; 0s..1h
/// @param minRequests
///          canary requests that a step needs, at least 1
/// @param maxIncrease
///          tolerated ratio of canary and baseline rate, 1..100
/// @param onInconclusive
///          what happens at the end of a step without a clear verdict
/// @param sources
///          where signatures come from; at most one entry has podLogs
/// @param signatures
///          signatures with a policy of their own, unique by name, at most 20
/// @param requests
///          names the log lines that are requests; absent: found by their fields
/// @param tenant
///          where log records name the tenant, by groups of whom errors are judged too; absent: in the fields that are usual for it, and
///          errors are not judged by tenant
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AnalysisPolicy(String alpha, String window, String warmup, Long minRequests, String maxIncrease,
    OnInconclusive onInconclusive, List<Source> sources, List<SignaturePolicy> signatures,
    @Nullable TemplateMatch requests, @Nullable TenantSource tenant) {

  /// What an empty `analysis` means.
  public static final AnalysisPolicy DEFAULT = new AnalysisPolicy("0.01", "10s", "60s", 500L, "1.0",
      OnInconclusive.HOLD,
      List.of(new Source(new PodLogs(null))), List.of(), null, null);

  public AnalysisPolicy {
    alpha = Objects.requireNonNullElse(alpha, "0.01");
    window = Objects.requireNonNullElse(window, "10s");
    warmup = Objects.requireNonNullElse(warmup, "60s");
    minRequests = Objects.requireNonNullElse(minRequests, 500L);
    maxIncrease = Objects.requireNonNullElse(maxIncrease, "1.0");
    onInconclusive = Objects.requireNonNullElse(onInconclusive, OnInconclusive.HOLD);
    sources = List.copyOf(Objects.requireNonNullElse(sources, List.of(new Source(new PodLogs(null)))));
    signatures = List.copyOf(Objects.requireNonNullElse(signatures, List.of()));
  }

  public BigDecimal alphaValue() {
    return DecimalText.parse(alpha);
  }

  public Duration windowValue() {
    return DurationText.parse(window);
  }

  public Duration warmupValue() {
    return DurationText.parse(warmup);
  }

  public BigDecimal maxIncreaseValue() {
    return DecimalText.parse(maxIncrease);
  }

  /// The container whose log is read; empty: the pod's default container.
  public Optional<String> logContainer() {
    return sources.stream().map(Source::podLogs).flatMap(logs -> Optional.ofNullable(logs).stream())
        .flatMap(logs -> Optional.ofNullable(logs.container()).stream()).findFirst();
  }

  /// One source; exactly one member is present.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(@Nullable PodLogs podLogs) {}

  /// The logs of the pods.
  ///
  /// @param container
  ///          absent: the pod's default container
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PodLogs(@Nullable String container) {}

  /// A template in which `*` stands for any words.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TemplateMatch(String template) {

    public TemplateMatch {
      template = Objects.requireNonNullElse(template, "");
    }
  }

  /// Where log records name the tenant: at least one member is present; of several, the first that names one wins, in the
  /// order of the members.
  ///
  /// @param fromField
  ///          field of JSON, logfmt or the MDC, nested names joined by dots
  /// @param fromHeader
  ///          header of the request, where records show it
  /// @param fromPathSegment
  ///          segment of the request's path, 1..32
  /// @param fromSubdomainOf
  ///          domain of the request's host; the label directly before it is the tenant
  /// @param fromTemplate
  ///          message whose first `*` stands for the tenant
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TenantSource(@Nullable String fromField, @Nullable String fromHeader,
      @Nullable Integer fromPathSegment, @Nullable String fromSubdomainOf, @Nullable String fromTemplate) {}

  /// A signature with a policy of its own.
  ///
  /// @param maxIncrease
  ///          absent: that of the analysis
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignaturePolicy(String name, TemplateMatch match, Severity severity, @Nullable String maxIncrease) {

    public SignaturePolicy {
      name = Objects.requireNonNullElse(name, "");
      match = Objects.requireNonNullElseGet(match, () -> new TemplateMatch(""));
      severity = Objects.requireNonNullElse(severity, Severity.NORMAL);
    }

    public Optional<BigDecimal> maxIncreaseValue() {
      return Optional.ofNullable(maxIncrease).map(DecimalText::parse);
    }
  }
}
