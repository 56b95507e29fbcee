package dev.serin.rollout;

/// Why a Rollout is where it is. One constant travels unchanged into condition, event, log and metric; once
/// released, none is renamed.
public enum Reason {
  /// Stable runs; nothing is under way.
  Stable,
  /// The Deployment is still rolling by itself; Serin begins when it is complete.
  WaitingForStable,
  /// The Deployment named by `workloadRef` does not exist.
  WorkloadNotFound,
  /// An older Rollout names the same Deployment.
  TargetConflict,
  /// The Deployment's strategy would take all stable pods away at once.
  UnsafeStrategy,
  /// A step asks for less than one pod, or for all traffic.
  WeightNotReachable,
  /// A Deployment with the canary's name exists and is not ours.
  NameConflict,
  /// A new template was seen; the stable version's past is being read and the canary prepared.
  CandidateFound,
  /// The canary's pods of this step are not all ready yet.
  CanaryStarting,
  /// The step collects evidence.
  Collecting,
  /// The evidence leans towards harm, but is not enough for a verdict.
  Suspicious,
  /// The last window lacks the log of a pod, so it counts for neither arm.
  WindowIncomplete,
  /// Neither arm gets requests.
  NoTraffic,
  /// Evidence is sufficient, a person must approve.
  PausedUntilApproved,
  /// A step's `maxDuration` passed without a clear verdict.
  Inconclusive,
  /// No usable data: held, never taken for health.
  NoData,
  /// The verdict allows the next step.
  Advance,
  /// The candidate rolls out as stable.
  Promoting,
  /// Stable had no pods: there was nothing to compare with.
  NothingToCompare,
  /// Somebody paused the Deployment while Serin was rolling it.
  PausedByPerson,
  /// Another template appeared while a roll was under way.
  TemplateChanged,
  /// Somebody resumed a held Deployment.
  Overridden,
  /// The Deployment's template is the stable one again.
  ReturnedToStable,
  /// The stable template is being rolled back in.
  Restoring,
  /// The canary is being removed.
  RemovingCanary,
  /// A signature occurs more often on the canary than on stable.
  SignatureRegressed,
  /// Every request to the canary fails.
  AllRequestsFail,
  /// Canary containers crash again and again.
  CrashLoop,
  /// Canary pods were not ready within the Deployment's `progressDeadlineSeconds`.
  CanaryNotReady,
  /// The promoted Deployment made no progress within its `progressDeadlineSeconds`.
  ProgressDeadlineExceeded,
  /// Somebody deleted the canary while the candidate was promoting.
  CanaryVanished
}
