package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// How much harm a signature stands for.
public enum Severity implements WireEnum {
  NORMAL,
  /// A double share of alpha.
  CRITICAL,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static Severity of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
