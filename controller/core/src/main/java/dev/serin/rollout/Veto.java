package dev.serin.rollout;

import java.time.Instant;

/// Why a revision must not run again: re-applying it changes nothing.
///
/// @param revision
///          the revision refused
/// @param reason
///          what was found
/// @param message
///          one sentence with the numbers
/// @param at
///          when it was decided
public record Veto(Revision revision, Reason reason, String message, Instant at) {}
