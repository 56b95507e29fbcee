package dev.serin.api.v1alpha1;

/// Names of groups, labels, annotations and finalizers that Serin reads or writes.
public final class Keys {

  /// The API group.
  public static final String GROUP = "serin.dev";

  /// Label: the Rollout that watches this Deployment, or owns this object.
  public static final String ROLLOUT = "serin.dev/rollout";
  /// Label: the revision that this object belongs to.
  public static final String REVISION = "serin.dev/revision";
  /// Label on children and their pods only: `canary` or `baseline`.
  public static final String ARM = "serin.dev/arm";
  /// Value of [#ARM] on everything that belongs to the canary.
  public static final String CANARY = "canary";

  /// Annotation on a Rollout: `<revision>/<step>` approves the end of that step (the first step is 1).
  public static final String APPROVE = "serin.dev/approve";
  /// Annotation on a Rollout: `<revision>` closes the veto against it.
  public static final String RETRY = "serin.dev/retry";
  /// Annotation on a Deployment that Serin keeps paused: [#ALWAYS], or [#ROLLING] from our own resume to the next pause.
  public static final String HOLD = "serin.dev/hold";
  /// Value of [#HOLD]: whoever resumes it now is somebody else.
  public static final String ALWAYS = "Always";
  /// Value of [#HOLD]: Serin resumed it.
  public static final String ROLLING = "Rolling";
  /// Annotation on a Deployment: who resumed it last, as the admission policy saw it. Our own resume takes it away.
  public static final String RELEASED_BY = "serin.dev/released-by";
  /// Annotation of the dry runs that prove the hold; never stored.
  public static final String PROOF = "serin.dev/hold-proof";
  /// Annotation on our own objects and on a held Deployment: the sequence that a late write must meet.
  public static final String SEQUENCE = "serin.dev/sequence";

  /// Finalizer, from the creation of the canary to its removal.
  public static final String ROUTE_RESTORE = "serin.dev/route-restore";

  /// Field manager of the controller's writes; the hold policy lets only this one and `kubectl rollout resume` unpause.
  public static final String FIELD_MANAGER = "serin-controller";

  private Keys() {}
}
