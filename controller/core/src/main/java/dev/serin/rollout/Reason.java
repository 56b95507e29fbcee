package dev.serin.rollout;

/// Why a Rollout is where it is. One constant travels unchanged into condition, event, log and metric; once
/// released, none is renamed.
public enum Reason {
  /// Stable runs; nothing is under way.
  Stable,
  /// The Deployment is still rolling by itself, or none of its pods is ready; Serin goes on when they are.
  WaitingForStable,
  /// The Deployment named by `workloadRef` does not exist.
  WorkloadNotFound,
  /// An older Rollout names the same Deployment.
  TargetConflict,
  /// The Deployment's strategy would take all stable pods away at once.
  UnsafeStrategy,
  /// The Deployment uses a label that Serin tells canaries by.
  ReservedLabel, ContainerNotFound,
  /// A step asks for less than one pod, or for all traffic.
  WeightNotReachable,
  /// An object with a name that Serin needs exists and is not ours.
  NameConflict,
  /// A template that Serin writes back is stored as another one.
  TemplateAltered,
  /// Nothing keeps a new template from rolling by itself.
  HoldNotGuaranteed,
  /// The API server refuses a write.
  Rejected,
  /// The operator lacks a right.
  Forbidden,
  /// The Rollout's status or spec cannot be read.
  Unreadable,
  /// The recorded evidence cannot be read, so nothing can be judged.
  EvidenceUnreadable,
  /// The Deployment was deleted and created again: it is adopted anew.
  WorkloadReplaced,
  /// What runs is not the recorded stable version: it is adopted anew.
  StableReplaced,
  /// The Rollout is being deleted.
  Leaving,
  /// A new template was seen; the stable version's past is being read and the canary prepared.
  CandidateFound,
  /// A newer template ended the trial of the one before.
  Superseded,
  /// A person closed the veto: the revision is tried again.
  Retried,
  /// The template was stable before and no veto speaks against it: it is promoted without a canary.
  KnownGood,
  /// The changed template runs everywhere already: it is recorded as stable.
  AlreadyRunning,
  /// The canary's pods of this step are not all ready yet.
  CanaryStarting,
  /// The step collects evidence.
  Collecting,
  /// All pods of an arm are younger than the warm-up: the last window counts for neither arm.
  WarmingUp,
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
  /// Stable has no pods: there is nothing to compare with.
  NothingToCompare,
  /// Somebody paused the Deployment while Serin was rolling it.
  PausedByPerson,
  /// Another template appeared while a roll was under way: it is kept and comes next.
  TemplateChanged,
  /// Somebody resumed a held Deployment.
  Overridden,
  /// The Deployment's template is the stable one again.
  ReturnedToStable,
  /// The stable template is being rolled back in.
  Restoring,
  /// Somebody wiped the status while Serin was rolling a version: stable is restored.
  StatusTampered,
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
  /// Somebody, such as an admission webhook, gave the canary another template than the candidate's.
  CanaryAltered,
  /// Somebody deleted the canary while the candidate was promoting.
  CanaryVanished
}
