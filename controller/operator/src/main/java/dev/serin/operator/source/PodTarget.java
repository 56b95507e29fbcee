package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.signature.ContainerTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One container whose log is evidence, and the exits of all containers of its pod. The pod's uid tells targets apart.
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
/// @param exits
///          the last exit of each container that has had one, as far as it is trouble
public record PodTarget(String namespace, String name, String uid, String container, Arm arm, Instant startedAt,
    List<Exit> exits) {

  /// A container ended and was started again.
  ///
  /// @param trouble
  ///          which container, and how it ended
  /// @param restart
  ///          the container's restarts by then, this one included: tells its exits apart
  /// @param startedAt
  ///          when it had started, by the node's clock
  /// @param at
  ///          when it ended, by the node's clock
  public record Exit(ContainerTrouble.Exited trouble, int restart, Instant startedAt, Instant at) {

    /// Whether the container was old enough to be judged. A new version's pods are all young and stable's are not, so what happens to
    /// young ones only, as waiting in vain for a database at the start, would speak against every new version.
    boolean warm(Duration warmup) {
      return Duration.between(startedAt, at).compareTo(warmup) >= 0;
    }
  }

  public PodTarget {
    exits = List.copyOf(exits);
  }

  /// How old the pod is at a time, at least 0: a node's clock may be ahead of ours.
  Duration age(Instant at) {
    Duration age = Duration.between(startedAt, at);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
