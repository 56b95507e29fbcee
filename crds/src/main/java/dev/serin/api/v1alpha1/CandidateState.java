package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// Where a candidate is on its way.
public enum CandidateState implements WireEnum {
  /// Known, and the Deployment is held; nothing has started.
  HELD,
  /// The logs of stable are read back.
  BURN_IN,
  /// Canary pods are starting.
  STARTING,
  /// Canary pods take traffic and are judged.
  STEPPING,
  /// A step is passed and waits for its approval.
  PAUSED,
  /// Kubernetes rolls the Deployment to the candidate; judging goes on.
  PROMOTING,
  /// Traffic, canary and, while promoting, the Deployment go back to stable.
  ROLLING_BACK,
  /// Stable serves alone, the candidate is vetoed.
  ROLLED_BACK,
  /// The canary is removed without a veto: the candidate was replaced, or taken back.
  WITHDRAWING,
  /// A person resumed the Deployment: it rolls without a verdict.
  OVERRIDDEN,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static CandidateState of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
