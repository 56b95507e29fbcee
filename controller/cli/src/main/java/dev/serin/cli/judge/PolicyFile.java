package dev.serin.cli.judge;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.judge.Policy;
import dev.serin.judge.Severity;
import dev.serin.judge.Watched;
import dev.serin.operator.record.Frozen;
import dev.serin.sandbox.yaml.ApiFields;
import dev.serin.sandbox.yaml.Section;
import dev.serin.sandbox.yaml.YamlException;
import dev.serin.signature.SignatureId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the file of `--policy`: the fields of `spec.analysis`, and what the cluster would know besides.
final class PolicyFile {

  private static final dev.serin.api.v1alpha1.Step USUAL_STEP = new dev.serin.api.v1alpha1.Step("0%", "2m", "30m",
      null);
  private static final int MAX_WEIGHTS = Policy.MAX_TRACKED;

  /// Whether a run ends with its first Advance.
  private enum Advance {
    STOP, CONTINUE
  }

  private PolicyFile() {}

  /// What holds without a file.
  static RunPolicy usual() {
    Policy.Cadence cadence = Policy.Cadence.DEFAULT;
    return policy(AnalysisPolicy.DEFAULT, Optional.empty(), Set.of(), new TreeMap<>(),
        new RunPolicy.Step(USUAL_STEP.minDurationValue(), USUAL_STEP.maxDurationValue(),
            AnalysisPolicy.DEFAULT.warmupValue(), cadence.deadline()),
        Advance.CONTINUE);
  }

  /// @throws YamlException
  ///           if the text is no policy; the message names the place and what to change
  static RunPolicy parse(String yaml) {
    return Section.document(yaml, PolicyFile::read);
  }

  private static RunPolicy read(Section file) {
    Set<String> known = new LinkedHashSet<>(file.texts("known", Policy.MAX_KNOWN));
    SortedMap<SignatureId, Double> weights = weights(file);
    Duration min = file.duration("minDuration", USUAL_STEP.minDurationValue());
    Duration max = file.duration("maxDuration", USUAL_STEP.maxDurationValue());
    if (max.compareTo(min) < 0) {
      throw new YamlException("maxDuration", "must not be shorter than minDuration");
    }
    Duration deadline = file.duration("deadline", Policy.Cadence.DEFAULT.deadline());
    Advance advance = file.choice("advance", Advance.class).orElse(Advance.CONTINUE);
    Map<String, Object> rest = file.rest();
    AnalysisPolicy analysis = ApiFields.read("", rest, AnalysisPolicy.class);
    RunPolicy policy = policy(analysis,
        rest.containsKey("window") ? Optional.of(analysis.windowValue()) : Optional.empty(), known, weights,
        new RunPolicy.Step(min, max, analysis.warmupValue(), deadline), advance);
    // Refuses, with the file's name, what the judge would refuse in the first line of the input.
    policy.of(analysis.windowValue());
    return policy;
  }

  private static RunPolicy policy(AnalysisPolicy analysis, Optional<Duration> window, Set<String> known,
      SortedMap<SignatureId, Double> weights, RunPolicy.Step step, Advance advance) {
    SortedMap<SignatureId, Watched> watched = new TreeMap<>();
    known.forEach(name -> watched.put(new SignatureId(name),
        new Watched(Severity.NORMAL, margin(analysis.maxIncreaseValue()), true)));
    analysis.signatures().forEach(named -> watched.put(new SignatureId(named.name()),
        new Watched(Frozen.severity(named.severity()),
            margin(named.maxIncreaseValue().orElse(analysis.maxIncreaseValue())), known.contains(named.name()))));
    return new RunPolicy(analysis.alphaValue().doubleValue(), margin(analysis.maxIncreaseValue()),
        analysis.minRequests(), Frozen.onInconclusive(analysis.onInconclusive()), watched, weights, window, step,
        advance == Advance.STOP);
  }

  private static Policy.Margin margin(BigDecimal maxIncrease) {
    return new Policy.Margin(maxIncrease.doubleValue(), 0);
  }

  private static SortedMap<SignatureId, Double> weights(Section file) {
    SortedMap<SignatureId, Double> weights = new TreeMap<>();
    Map<String, Object> given = file.raw("signatureWeights");
    if (given.size() > MAX_WEIGHTS) {
      throw new YamlException("signatureWeights", "must have at most " + MAX_WEIGHTS + " entries");
    }
    given.forEach((name, value) -> {
      if (!(value instanceof Number number)) {
        throw new YamlException("signatureWeights." + name, "must be a number above 0 and below 1, was " + value);
      }
      weights.put(new SignatureId(name), number.doubleValue());
    });
    return weights;
  }
}
