package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// Where a candidate is on its way.
public enum CandidateState implements WireEnum {
  /// Held; stable's logs are read back and the canary is prepared.
  STARTING,
  /// Canary pods of a step are getting ready.
  RAISING,
  /// Canary pods take traffic and are judged.
  STEPPING,
  /// Kubernetes rolls the Deployment to the candidate; judging goes on.
  PROMOTING,
  /// The Deployment goes back to the stable template.
  RESTORING,
  /// Stable serves alone, the candidate is vetoed.
  ROLLED_BACK,
  /// A person resumed the Deployment: it rolls without a verdict.
  OVERRIDDEN,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static CandidateState of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
