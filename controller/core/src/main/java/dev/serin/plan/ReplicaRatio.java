package dev.serin.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How many canary pods give a weight when the Service spreads connections evenly over all pods.
public final class ReplicaRatio {

  private static final long WHOLE = 1_000_000;

  private ReplicaRatio() {}

  /// Canary pods for `weight` beside `stable` ready pods: `max(1, floor(w*s/(1-w)))`, never more than asked except
  /// for the one pod below which there is no canary.
  ///
  /// @param weight
  ///          below 100 %
  /// @param stable
  ///          ready stable pods, at least 0
  public static int canaryPods(Weight weight, int stable) {
    long w = weight.partsPerMillion();
    if (w >= WHOLE) {
      throw new IllegalArgumentException("no number of canary pods gives 100 % beside stable pods");
    }
    return Math.clamp(w * stable / (WHOLE - w), 1, Integer.MAX_VALUE);
  }

  /// The steps of a Rollout that names none: 1 pod, a third of stable, as many as stable; equal ones once.
  ///
  /// @param stable
  ///          desired stable pods, at least 1
  public static List<PlannedStep> defaultSteps(int stable, Duration minDuration, Duration maxDuration) {
    return IntStream.of(1, stable / 3, stable).filter(pods -> pods > 0).sorted().distinct()
        .mapToObj(pods -> new PlannedStep(Weight.ofPods(pods, stable), minDuration, maxDuration, false)).toList();
  }

  /// Why `steps` cannot be reached with `stable` pods, as a sentence that says what to change; empty if they can.
  ///
  /// @param stable
  ///          desired stable pods, at least 1
  public static Optional<String> refusal(List<PlannedStep> steps, int stable) {
    for (int i = 0; i < steps.size(); i++) {
      Weight weight = steps.get(i).weight();
      if (weight.partsPerMillion() == WHOLE) {
        return Optional.of("Step " + (i + 1) + " asks for 100%, which canary pods beside stable pods never reach: "
            + "remove the step, promotion follows the last one.");
      }
      if ((long) weight.partsPerMillion() * (stable + 1L) < WHOLE) {
        long needed = (WHOLE + weight.partsPerMillion() - 1) / weight.partsPerMillion() - 1;
        return Optional.of("Step " + (i + 1) + " asks for " + weight + ", but with " + stable + " pods the smallest "
            + "canary has " + Weight.ofPods(1, stable) + ": raise the weight, or run at least " + needed + " pods.");
      }
    }
    return Optional.empty();
  }
}
