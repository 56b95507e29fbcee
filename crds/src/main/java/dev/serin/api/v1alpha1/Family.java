package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// The source of a signature.
public enum Family implements WireEnum {
  /// A template that the Rollout names.
  NAMED,
  /// A failed request: status, method, route.
  HTTP,
  /// An exception: chain of classes and application frames.
  EXCEPTION,
  /// A log line: level, logger and template.
  LOG,
  /// Trouble of a container that Kubernetes tells: restart or failed probe, reason and code.
  KUBERNETES,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static Family of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
