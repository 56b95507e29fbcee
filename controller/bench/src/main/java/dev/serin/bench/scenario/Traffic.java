package dev.serin.bench.scenario;

import java.util.function.DoubleUnaryOperator;

/// Requests over time.
///
/// @param perMinute
///          requests per minute of both arms at minute t
/// @param weight
///          the canary's share at minute t ≥ 0; before that it is 0
record Traffic(DoubleUnaryOperator perMinute, DoubleUnaryOperator weight) {

  /// 12,000 requests per minute, of which the canary gets 5 %.
  static final Traffic STEADY = new Traffic(_ -> 12_000, _ -> 0.05);

  double weightAt(double minute) {
    return minute < 0 ? 0 : weight.applyAsDouble(minute);
  }
}
