package dev.serin.plan;

import java.time.Duration;
import java.util.Optional;

/// What a fault typically comes to at one weight, if it is there from the first window.
///
/// @param fault
///          the fault
/// @param time
///          median until roll back, the warm-up of the canary's pods included; empty if it is not found in a year
/// @param canaryRequests
///          requests that the canary answers until then, infinite if never
/// @param harm
///          canary requests that fail because of the fault until then, infinite if never
/// @param boundRequests
///          canary requests that any test with the same promise needs on average, which charges nothing for the other
///          signatures nor for the unknown start
/// @param lateTime
///          median if the fault begins an hour into the rollout, on pods that are warm
public record Forecast(Fault fault, Optional<Duration> time, double canaryRequests, double harm, double boundRequests,
    Optional<Duration> lateTime) {}
