/// The rollout machine: what happens next to a Rollout, as a pure function over values.
///
/// [RolloutMachine] maps what is recorded ([RolloutRecord]) and what is seen now ([Observation]) to one
/// [Decision]: record a new state, apply one action, or wait. It reads no clock and does no I/O; after a crash
/// the same record and the same observation give the same decision.
@NullMarked
package dev.serin.rollout;

import org.jspecify.annotations.NullMarked;
