package dev.serin.judge;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reasons to roll back that need no statistics and spend nothing of alpha.
public final class HardGuards {

  private static final int RESTARTS = 3;
  private static final String CRASH_LOOP = "CrashLoopBackOff";

  private HardGuards() {}

  /// Rolls back when a canary pod waits in CrashLoopBackOff or restarted three times.
  ///
  /// @param canary
  ///          the canary's pods, ready or not
  /// @return the verdict naming every crashing pod, or empty if none crashes
  public static Optional<Verdict.RollBack> crashLoop(Collection<PodFacts> canary) {
    var crashing = canary.stream().filter(pod -> pod.restarts() >= RESTARTS || CRASH_LOOP.equals(pod.waitingReason()))
        .sorted(Comparator.comparing(PodFacts::pod)).toList();
    return crashing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Verdict.RollBack(Verdict.RollBackReason.CRASH_LOOP, List.of(), List.of(), crashing,
            Verdict.Strength.NONE));
  }
}
