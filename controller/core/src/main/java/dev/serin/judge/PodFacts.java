package dev.serin.judge;

import org.jspecify.annotations.Nullable;

/// What the cluster says about one canary pod.
///
/// @param pod
///          the pod's name, never blank
/// @param restarts
///          restarts of its containers, at least 0
/// @param waitingReason
///          why a container waits, such as `CrashLoopBackOff`; null when none waits
public record PodFacts(String pod, int restarts, @Nullable String waitingReason) {

  public PodFacts {
    if (pod.isBlank()) {
      throw new IllegalArgumentException("pod name must not be blank");
    }
    if (restarts < 0) {
      throw new IllegalArgumentException("restarts of pod " + pod + " must not be negative, was " + restarts);
    }
  }
}
