package dev.serin.plan;

/// Traffic of one window.
///
/// @param canary
///          requests to the canary
/// @param baseline
///          requests to the baseline
/// @param canaryPods
///          pods that share the canary's requests, at least 1
/// @param stablePods
///          pods that share the baseline's, at least 1
record Load(double canary, double baseline, int canaryPods, int stablePods) {

  Load withCanary(double requests) {
    return new Load(requests, baseline, canaryPods, stablePods);
  }
}
