package dev.serin.rollout.model;

import dev.serin.rollout.Attempt;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Observation.Tenure;
import dev.serin.rollout.Reason;
import dev.serin.rollout.RolloutRecord;
import java.time.Instant;

/// The Rollout and the Analysis of its candidate.
///
/// @param record
///          its status
/// @param asked
///          its annotations
/// @param guarded
///          whether it carries our finalizer
/// @param life
///          whether it is being deleted
/// @param attempt
///          the Analysis
/// @param overtime
///          whether every deadline of the recorded state has passed
record Stored(RolloutRecord record, Requests asked, boolean guarded, Life life, Attempt attempt, boolean overtime) {

  /// Every instant that is recorded.
  static final Instant BEFORE = Instant.parse("2026-11-24T12:00:00Z");
  /// Start of a step that is over.
  static final Instant LONG_AGO = BEFORE.minusSeconds(3600);

  static final Attempt UNOPENED = new Attempt.Unopened();
  static final Attempt.Ruling STAY = new Attempt.Stay(Reason.Collecting, "stay");
  static final Attempt.Ruling ROLL_BACK = new Attempt.RollBack(Reason.SignatureRegressed, "harm");

  /// Whether the Rollout is there.
  enum Life {
    STAYING, LEAVING, GONE
  }

  Instant now() {
    return BEFORE.plusSeconds(overtime ? 3600 : 1);
  }

  Tenure tenure() {
    return new Tenure(guarded, life == Life.LEAVING);
  }

  boolean condemned() {
    return attempt instanceof Attempt.Open(var _, Attempt.RollBack _);
  }

  Stored record(RolloutRecord changed, Attempt itsAttempt, boolean late) {
    return new Stored(changed, asked, guarded, life, itsAttempt, late);
  }

  Stored asked(Requests changed) {
    return new Stored(record, changed, guarded, life, attempt, overtime);
  }

  Stored guarded(boolean guard) {
    return new Stored(record, asked, guard, life == Life.LEAVING && !guard ? Life.GONE : life, attempt, overtime);
  }

  Stored life(Life changed) {
    return new Stored(record, asked, guarded, changed, attempt, overtime);
  }

  Stored attempt(Attempt changed) {
    return new Stored(record, asked, guarded, life, changed, overtime);
  }

  Stored overtime(boolean late) {
    return new Stored(record, asked, guarded, life, attempt, late);
  }
}
