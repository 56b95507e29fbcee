package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/// What rates are counted per.
public enum ExposureKind implements WireEnum {
  /// Requests counted in the logs of the pods.
  REQUESTS,
  /// Seconds of ready pods: nobody knows the split of the requests.
  POD_SECONDS,
  /// Written by a newer version: hold.
  UNKNOWN;

  @JsonCreator
  static ExposureKind of(String text) {
    return WireEnum.read(text, UNKNOWN);
  }
}
