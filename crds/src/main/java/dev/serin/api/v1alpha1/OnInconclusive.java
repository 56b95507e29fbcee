package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// What happens when a step reaches its longest time without a clear verdict.
public enum OnInconclusive implements WireEnum {
  /// Stay at this step until a person or a later verdict decides.
  HOLD,
  /// Go on, on complete evidence only.
  PROMOTE,
  /// Roll back.
  ROLL_BACK,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static OnInconclusive of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
