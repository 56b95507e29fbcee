package dev.serin.plan;

import java.time.Duration;
import java.util.Optional;

/// How long a canary that is as good as stable takes to pass a step, the warm-up of its pods included and the step's
/// minDuration apart.
///
/// @param unsuspected
///          median until enough requests or errors were seen without evidence against it: what an operator's step waits for
/// @param proven
///          median until a worse ratio is excluded; empty if that takes more than a year
/// @param provenMostly
///          the time that 19 of 20 good canaries do not exceed for the proof
public record Advancing(Duration unsuspected, Optional<Duration> proven, Optional<Duration> provenMostly) {}
