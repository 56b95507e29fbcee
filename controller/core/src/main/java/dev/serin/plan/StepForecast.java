package dev.serin.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one step can do.
///
/// @param step
///          the step
/// @param canaryRequestsPerMinute
///          the canary's share of the traffic
/// @param detectable
///          events per canary request that are found within its maxDuration: all errors together, at least as frequent;
///          empty if not even a canary that fails half of its requests is
/// @param novel
///          the same for a signature that stable never shows
/// @param faults
///          each fault asked for
/// @param advancing
///          how long a good canary stays
/// @param refusal
///          why the step cannot work, as a sentence with numbers that says what to change; empty if it can
public record StepForecast(PlannedStep step, double canaryRequestsPerMinute, OptionalDouble detectable,
    OptionalDouble novel, List<Forecast> faults, Advancing advancing, Optional<String> refusal) {

  public StepForecast {
    faults = List.copyOf(faults);
  }
}
