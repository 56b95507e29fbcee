package dev.serin.sandbox.yaml;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.api.v1alpha1.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Checks the values of a Rollout in a file. On a cluster the API server does it by the rules of the definition. Templates
/// are left to whoever uses them.
public final class SpecValues {

  private static final int MAX_STEPS = 20;
  private static final BigDecimal MAX_ALPHA = new BigDecimal("0.2");

  private SpecValues() {}

  /// @param path place of the spec in the file
  /// @throws YamlException for the first value that the API server would refuse; names its place
  public static void check(String path, RolloutSpec spec) {
    steps(path + ".steps", spec.steps());
    analysis(path + ".analysis", spec.analysis());
  }

  private static void steps(String path, List<Step> steps) {
    require(steps.size() <= MAX_STEPS, path, "must have at most 20 entries");
    int before = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String at = path + "[" + i + "]";
      int weight = read(at + ".weight", step::weightValue);
      require(weight > before, at + ".weight",
          i == 0 ? "must be above 0%" : "must be above that of the step before, was " + step.weight());
      before = weight;
      Duration shortest = read(at + ".minDuration", step::minDurationValue);
      Duration longest = read(at + ".maxDuration", step::maxDurationValue);
      require(shortest.compareTo(longest) <= 0, at + ".maxDuration",
          "must not be shorter than minDuration, " + step.minDuration());
    }
  }

  private static void analysis(String path, AnalysisPolicy analysis) {
    BigDecimal alpha = read(path + ".alpha", analysis::alphaValue);
    require(alpha.signum() > 0 && alpha.compareTo(MAX_ALPHA) <= 0, path + ".alpha",
        "must be above 0 and at most 0.2, was " + analysis.alpha());
    Duration window = read(path + ".window", analysis::windowValue);
    require(window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(Duration.ofMinutes(5)) <= 0,
        path + ".window", "must be 1s..5m, was " + analysis.window());
    Duration warmup = read(path + ".warmup", analysis::warmupValue);
    require(warmup.compareTo(Duration.ofHours(1)) <= 0, path + ".warmup", "must be 0s..1h, was " + analysis.warmup());
    require(analysis.minRequests() >= 1, path + ".minRequests", "must be at least 1, was " + analysis.minRequests());
    increase(path + ".maxIncrease", read(path + ".maxIncrease", analysis::maxIncreaseValue));
    for (int i = 0; i < analysis.signatures().size(); i++) {
      AnalysisPolicy.SignaturePolicy signature = analysis.signatures().get(i);
      String at = path + ".signatures[" + i + "]";
      read(at + ".maxIncrease", signature::maxIncreaseValue)
          .ifPresent(increase -> increase(at + ".maxIncrease", increase));
    }
  }

  private static void increase(String path, BigDecimal value) {
    require(value.compareTo(BigDecimal.ONE) >= 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0, path,
        "must be 1..100, was " + value.toPlainString());
  }

  private static <T> T read(String path, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new YamlException(path, "is wrong: " + e.getMessage());
    }
  }

  private static void require(boolean right, String path, String change) {
    if (!right) {
      throw new YamlException(path, change);
    }
  }
}
