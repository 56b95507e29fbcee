package dev.serin.rollout;

import java.time.Instant;

/// A revision that runs, or ran, as stable.
///
/// @param revision
///          the template's revision
/// @param since
///          when it became stable
public record StableRevision(Revision revision, Instant since) {}
