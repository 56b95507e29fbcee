package dev.serin.operator;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Whether the reconcile loop still gets work done. A beat travels through the same workers as the Rollouts, so it
/// stays away when all of them hang.
final class LoopHeartbeat {
  private final Executor loop;
  private final LongSupplier nanoTime;
  private final AtomicLong lastBeat;

  /// @param nanoTime monotonic clock in nanoseconds: a jump of the wall clock must not restart the operator
  LoopHeartbeat(Executor loop, LongSupplier nanoTime) {
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.lastBeat = new AtomicLong(nanoTime.getAsLong());
  }

  /// Sends one beat; it counts when a worker gets to it.
  void send() {
    loop.execute(() -> lastBeat.set(nanoTime.getAsLong()));
  }

  /// Time since a worker last ran a beat.
  Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastBeat.get());
  }
}
