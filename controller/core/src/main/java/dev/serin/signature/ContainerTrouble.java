package dev.serin.signature;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Trouble of a container that Kubernetes tells in the status and events of its pod: free of any log format.
///
/// Whoever gathers these facts leaves out what is no fault of the application: a container that Kubernetes itself stopped
/// because its pod was deleted ends with 143 or 137 too. Of these, the status of a pod tells [Exited] and [CrashLooping], its events
/// [ProbeFailed].
public sealed interface ContainerTrouble {

  /// The container's name, as the pod's template gives it.
  String container();

  /// A container ended with a code other than 0, or was killed.
  ///
  /// @param reason
  ///          of `status.lastState.terminated`, as `OOMKilled` or `Error`; no reason means `Error`
  /// @param exitCode
  ///          of the same state
  record Exited(String container, String reason, int exitCode) implements ContainerTrouble {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]{0,63}+");

    /// @throws IllegalArgumentException
    ///           if it ended well: with code 0 and no reason but `Completed`
    public Exited {
      requireName(container);
      // Runtimes write reasons as one word. What is none could be a message with anything in it.
      reason = NAME.matcher(reason).matches() ? reason : "Error";
      if (exitCode == 0 && reason.equals("Completed")) {
        throw new IllegalArgumentException("a container that completed is no trouble");
      }
    }
  }

  /// Kubernetes waits longer and longer before it starts the container again: `CrashLoopBackOff`.
  record CrashLooping(String container) implements ContainerTrouble {

    public CrashLooping {
      requireName(container);
    }
  }

  /// A probe failed as often as its threshold allows.
  ///
  /// @param code
  ///          HTTP status or exit code that the probe ended with, where it is known; a timeout has none
  record ProbeFailed(String container, Probe probe, OptionalInt code) implements ContainerTrouble {

    public ProbeFailed {
      requireName(container);
    }
  }

  /// What Kubernetes asks of a container.
  enum Probe {
    STARTUP, LIVENESS, READINESS
  }

  /// The signature that it counts for: restart or probe, then reason and code, then container. No pod, node or time is in
  /// it, so it is the same on both arms. Its template says all but the first, as `container app: OOMKilled 137`.
  default Signature signature() {
    return switch (this) {
      case Exited(var container, var reason, int exitCode) -> restart(reason + " " + exitCode, container);
      case CrashLooping(var container) -> restart("CrashLoopBackOff", container);
      case ProbeFailed(var container, var probe, var code) -> {
        var name = probe.name().toLowerCase(Locale.ROOT);
        yield of("probe", code.isPresent() ? name + " " + code.getAsInt() : name, container);
      }
    };
  }

  private static Signature restart(String reason, String container) {
    return of("restart", reason, container);
  }

  private static Signature of(String kind, String reason, String container) {
    return Signature.of(Family.K8S, List.of(kind, reason), "container " + container + ": " + reason,
        List.of(kind, reason, container));
  }

  private static void requireName(String container) {
    if (container.isBlank()) {
      throw new IllegalArgumentException("name of a container must not be blank");
    }
  }
}
