package dev.serin.signature.state;

import java.util.Comparator;

/// One container instance, whose log is one stream.
///
/// @param arm
///          `canary` or `baseline`
/// @param podUid
///          the pod's uid, unique in a cluster for ever
/// @param container
///          the container's name
/// @param restart
///          how often the container was restarted before
public record Owner(String arm, String podUid, String container, int restart) implements Comparable<Owner> {

  private static final Comparator<Owner> ORDER = Comparator.comparing(Owner::arm).thenComparing(Owner::podUid)
      .thenComparing(Owner::container).thenComparingInt(Owner::restart);

  public Owner {
    if (arm.isBlank() || podUid.isBlank() || container.isBlank() || restart < 0) {
      throw new IllegalArgumentException(
          "an owner has an arm, a pod and a container, was " + arm + " " + podUid + " " + container + " " + restart);
    }
  }

  @Override
  public int compareTo(Owner other) {
    return ORDER.compare(this, other);
  }
}
