package dev.serin.rollout.model;

import dev.serin.rollout.Decision;
import dev.serin.rollout.Observation;
import dev.serin.rollout.RolloutRecord;
import java.time.Instant;

/// What decides: the real machine, or one with a planted fault.
@FunctionalInterface
interface Machine {

  Decision next(RolloutRecord record, Observation seen, Instant now);
}
