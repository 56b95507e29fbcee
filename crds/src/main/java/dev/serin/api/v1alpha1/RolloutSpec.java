package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/// What the user asks for.
///
/// @param workloadRef
///          the Deployment, in the Rollout's namespace
/// @param hold
///          what keeps a changed template from rolling by itself
/// @param steps
///          at most 20, weights rising; empty: chosen from the number of stable pods
/// @param analysis
///          how new versions are judged
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutSpec(WorkloadRef workloadRef, Hold hold, List<Step> steps, AnalysisPolicy analysis) {

  public RolloutSpec {
    workloadRef = Objects.requireNonNullElseGet(workloadRef, () -> new WorkloadRef("", "", ""));
    hold = Objects.requireNonNullElse(hold, Hold.AUTO);
    steps = List.copyOf(Objects.requireNonNullElse(steps, List.of()));
    analysis = Objects.requireNonNullElse(analysis, AnalysisPolicy.DEFAULT);
  }

  /// A Rollout with default steps and the default analysis.
  public static RolloutSpec of(String deployment) {
    return new RolloutSpec(new WorkloadRef("apps/v1", "Deployment", deployment), Hold.AUTO, List.of(),
        AnalysisPolicy.DEFAULT);
  }

  /// The workload under release: `apps/v1`, `Deployment` and its name.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record WorkloadRef(String apiVersion, String kind, String name) {

    public WorkloadRef {
      apiVersion = Objects.requireNonNullElse(apiVersion, "");
      kind = Objects.requireNonNullElse(kind, "");
      name = Objects.requireNonNullElse(name, "");
    }
  }

  /// What keeps a changed template from rolling before it is judged.
  public enum Hold implements WireEnum {
    /// An admission policy, which a dry run proves.
    AUTO,
    /// The Deployment stays paused except while Serin rolls it.
    ALWAYS,
    /// Written by a newer version: nothing is taken for protected.
    UNKNOWN;

    @JsonCreator
    static Hold of(String text) {
      return WireEnum.read(text, UNKNOWN);
    }
  }
}
