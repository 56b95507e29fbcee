/// What Serin says about itself in numbers. `docs/metrics.md` lists every series; a test keeps that page and this code
/// equal.
///
/// Labels are bounded: no text of a log line, no tenant, no revision. Only Rollouts under judgement have series of
/// their own, so the number of series does not grow with the number of idle Rollouts.
@NullMarked
package dev.serin.operator.metrics;

import org.jspecify.annotations.NullMarked;
