package dev.serin.operator.metrics;

import java.time.Instant;

/// A window of evidence that was closed and handed to the judge.
///
/// @param rollout whose evidence it is
/// @param source kind of source, such as `podLogs`
/// @param complete false when a part of the window is missing, so that it may not promote
/// @param end end of the window, exclusive
/// @param judgedAt when the judge got it, not before `end`
public record ClosedWindow(RolloutName rollout, String source, boolean complete, Instant end, Instant judgedAt) {}
