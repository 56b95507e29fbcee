package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// What a step waits for at its end.
public enum Pause implements WireEnum {
  /// The annotation `serin.dev/approve: <revision>/<step>` on the Rollout.
  UNTIL_APPROVED,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static Pause of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
