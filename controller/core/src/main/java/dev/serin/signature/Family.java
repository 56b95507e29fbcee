package dev.serin.signature;

/// Where a signature comes from.
public enum Family {
  /// A template that the user named.
  NAMED,
  /// A failed request, or one whose answer tells an error: status, method, route, error code and message.
  HTTP,
  /// An exception: its class chain, application frames and message.
  EXC,
  /// Any other record of trouble: level, logger and message.
  LOG,
  /// Trouble of a container that Kubernetes tells: restart or probe, reason and code, container.
  K8S
}
