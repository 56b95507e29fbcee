package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// What keeps a changed template from rolling before it is judged.
public enum Hold implements WireEnum {
  /// An admission policy, which a dry run proves.
  AUTO,
  /// The Deployment stays paused except while Serin rolls it.
  ALWAYS,
  /// Written by a newer version: nothing is taken for protected.
  UNKNOWN;

  @JsonCreator
  static Hold of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
