package dev.serin.testkit.proxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A fault that happens, has happened or will never happen.
public final class PlannedFault {

  private final Trigger trigger;
  private final Action action;
  private final CompletableFuture<Traced> happened = new CompletableFuture<>();
  private int seen;

  PlannedFault(Trigger trigger, Action action) {
    this.trigger = trigger;
    this.action = action;
  }

  /// The plan for a request that there is no plan for.
  static PlannedFault none() {
    return new PlannedFault(Trigger.each(_ -> true), new Action.PassOn());
  }

  Action action() {
    return action;
  }

  /// Counts a request and answers whether it is one that the fault is for. Guarded by the ledger.
  boolean strikes(Traced arriving) {
    return switch (trigger) {
      case Trigger.Write(var index) -> arriving.write() == index;
      case Trigger.Matching(var which, var first, var last) -> {
        if (which.test(arriving.request())) {
          seen++;
          yield seen >= first && seen <= last;
        }
        yield false;
      }
    };
  }

  void happen(Traced traced) {
    happened.complete(traced);
  }

  /// After this nobody waits in vain.
  void giveUp() {
    happened.completeExceptionally(new IllegalStateException("the proxy was closed before"));
  }

  public boolean happened() {
    return happened.isDone() && !happened.isCompletedExceptionally();
  }

  /// Waits until the fault has been done to a request, the first one if it is for several: a kill is over, a lost
  /// answer lost, a made-up one written; a delay, a blackhole or a silence has begun.
  ///
  /// @return the request as it was then
  /// @throws IllegalStateException
  ///           when that is not so after `patience`, or can no longer be because the proxy is closed
  public Traced await(Duration patience) {
    try {
      return happened.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(action + " at " + trigger + " did not happen in " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + action, e);
    }
  }
}
