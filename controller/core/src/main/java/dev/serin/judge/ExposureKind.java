package dev.serin.judge;

/// What the exposure of a window counts. One kind holds for both arms and the whole rollout.
public enum ExposureKind {
  /// Requests that could have produced an event.
  REQUESTS,
  /// Seconds that ready pods were watched, where requests are not counted. Nobody knows the split of the traffic then,
  /// so the margin is at least 2.
  POD_SECONDS
}
