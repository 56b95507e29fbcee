package dev.serin.operator.reconcile;

import dev.serin.operator.source.BurnIn;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.source.SignatureSource;
import dev.serin.operator.source.SourcePolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Reads burn-ins, a few at once. One takes up to half a minute of a worker: if every worker read one, no other Rollout
/// would be looked at, not even to be rolled back.
final class BurnIns {

  /// Half of the workers of the loop.
  static final int MOST = 4;

  private final SignatureSource source;
  private final Semaphore places = new Semaphore(MOST);

  BurnIns(SignatureSource source) {
    this.source = source;
  }

  /// The past of the stable pods; empty, at once, while as many are read as may be.
  Optional<BurnIn> read(Set<PodTarget> targets, SourcePolicy policy, Instant now) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(source.burnIn(targets, policy, now));
    } finally {
      places.release();
    }
  }
}
