package dev.serin.rollout;

import java.time.Instant;

/// A revision under way to become stable.
///
/// @param revision
///          the template's revision
/// @param since
///          when it was first seen; together with the revision it names the attempt, so that an Analysis of an
///          earlier attempt is never taken for this one's
public record Candidate(Revision revision, Instant since) {}
