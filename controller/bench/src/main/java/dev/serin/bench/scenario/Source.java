package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;

/// One cause of errors in one run.
interface Source {

  /// Adds the events of one window.
  ///
  /// @param out
  ///          already has the window's requests
  /// @param minute
  ///          when the window begins; negative before the canary starts
  void emit(WindowCounts out, double minute, Draws draws);

  /// Mean clusters per request that a pod of an arm gets, for the information bound; only causes that carry the
  /// canary's fault, or the usual errors beside it, need to say it.
  default double clustersPerRequest(int signature, boolean onCanary, double minute) {
    return 0;
  }
}
