package dev.serin.testkit.monitor.store;

import org.jspecify.annotations.Nullable;

/// One write: an object before and after it.
///
/// @param old
///          null if the object is created
/// @param now
///          null if the object is gone
public record Change(@Nullable StoredObject old, @Nullable StoredObject now) {

  /// Whether Serin wrote this, as far as the object itself tells.
  ///
  /// It does when the entry of one of Serin's field managers is new, has another time or owns more fields, or when
  /// `serin.dev/sequence` has risen on a Deployment. An entry that lost fields does not count: whoever took them wrote.
  /// What cannot be seen: a deletion; a creation whose client named no field manager; a write that only removes fields
  /// of others; a write of the same fields in the same second as Serin's last one, or through the scale subresource,
  /// whose entries have no time, unless the sequence rose.
  public boolean bySerin() {
    if (now == null) {
      return false;
    }
    StoredObject before = old;
    if (before == null) {
      return !ManagedFields.serins(now).isEmpty();
    }
    return ManagedFields.wroteSince(before, now) || sequence(now) > sequence(before);
  }

  /// The object as it was, or as it was created.
  public StoredObject former() {
    StoredObject former = old == null ? now : old;
    if (former == null) {
      throw new IllegalStateException("a change needs an object before or after it");
    }
    return former;
  }

  private static long sequence(StoredObject object) {
    String text = object.annotation(DeploymentView.SEQUENCE_ANNOTATION);
    // Kubernetes copies annotations of a Deployment to its ReplicaSets.
    boolean own = object.type().equals(DeploymentView.TYPE);
    return own && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
