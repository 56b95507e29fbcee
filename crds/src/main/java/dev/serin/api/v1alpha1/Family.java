package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// The source of a signature.
public enum Family implements WireEnum {
  /// A failed request: status, method, route.
  HTTP,
  /// An exception: chain of classes and application frames.
  EXCEPTION,
  /// A log line: level, logger and template.
  LOG,
  /// A restart, an exit code or a failed probe.
  KUBERNETES,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static Family of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
