package dev.serin.sandbox.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A change of the Deployment's image.
///
/// @param image  the new image
/// @param at     earliest time, counted from the start of the load
/// @param expect what should come of it; null lets the next push follow without waiting
/// @param within patience for the outcome
public record Push(String image, Duration at, @Nullable Outcome expect, Duration within) {}
