package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// The answer of the judge.
public enum VerdictType implements WireEnum {
  /// Evidence of harm.
  ROLL_BACK,
  /// Keep collecting.
  HOLD,
  /// The step is passed.
  ADVANCE,
  /// An arm delivers no data: hold, never promote.
  NO_DATA,
  /// The longest time is over without a clear answer.
  INCONCLUSIVE,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static VerdictType of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
