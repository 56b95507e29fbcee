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
  /// Annotation on our own objects and on a held Deployment: the sequence that a late write must meet.
  public static final String SEQUENCE = "serin.dev/sequence";

  /// Finalizer, from the creation of the canary to its removal.
  public static final String ROUTE_RESTORE = "serin.dev/route-restore";

  private Keys() {}
}
