package dev.serin.operator.source;

import dev.serin.judge.Arm;
import java.time.Duration;
import java.time.Instant;

/// One container whose log is evidence. The pod's uid tells targets apart.
///
/// @param namespace
///          the pod's namespace
/// @param name
///          the pod's name; its counts are reported under it
/// @param uid
///          tells a pod from its successor of the same name
/// @param container
///          the container that serves requests
/// @param arm
///          the arm that the pod's template belongs to
/// @param startedAt
///          when the container started, again if it did; its log cannot be older. The pod's age is counted from here and not from its
///          readiness, which a bad version may lose and find again: it would be young for ever and never judged
public record PodTarget(String namespace, String name, String uid, String container, Arm arm, Instant startedAt) {

  /// How old the pod is at a time, at least 0: a node's clock may be ahead of ours.
  Duration age(Instant at) {
    Duration age = Duration.between(startedAt, at);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
