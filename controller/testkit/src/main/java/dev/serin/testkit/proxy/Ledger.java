package dev.serin.testkit.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Numbers the requests in the order of their arrival, decides what happens to each, and remembers what became of it.
/// The order and the decision are one step: nothing arrives between a fatal request and the client's death.
final class Ledger {

  /// A request that was let in, and what is to happen to it.
  record Arrival(Traced traced, PlannedFault fault) {}

  private final Predicate<Request> counted;
  private final List<Traced> trace = new ArrayList<>();
  private final List<PlannedFault> plan = new ArrayList<>();
  private final Map<Integer, Runnable> looks = new HashMap<>();
  private int writes;
  private boolean doomed;
  private @Nullable Arrival death;

  Ledger(Predicate<Request> counted) {
    this.counted = counted;
  }

  synchronized PlannedFault plan(Trigger trigger, Action action) {
    if (trigger instanceof Trigger.Write(var index)) {
      requireAhead(index);
    }
    var fault = new PlannedFault(trigger, action);
    plan.add(fault);
    return fault;
  }

  synchronized void beforeWrite(int index, Runnable look) {
    requireAhead(index);
    looks.put(index, look);
  }

  private void requireAhead(int index) {
    if (index <= writes) {
      throw new IllegalStateException("write " + index + " has passed already: there were " + writes);
    }
  }

  /// Lets a request in, unless the client is dead.
  synchronized Optional<Arrival> arrive(Request request) {
    if (doomed) {
      return Optional.empty();
    }
    int write = request.write() && counted.test(request) ? ++writes : 0;
    var traced = new Traced(trace.size() + 1, write, request, new Traced.Outcome.Pending());
    trace.add(traced);
    Optional.ofNullable(looks.remove(write)).ifPresent(Runnable::run);
    // Each fault counts what it matches, also where an earlier one is done: no short cut.
    List<PlannedFault> striking = plan.stream().filter(fault -> fault.strikes(traced)).toList();
    PlannedFault fault = striking.isEmpty() ? PlannedFault.none() : striking.getFirst();
    doomed = fault.action() instanceof Action.Kill;
    return Optional.of(new Arrival(traced, fault));
  }

  /// Notes what became of a request; only the first word counts.
  synchronized void settle(Traced arrived, Traced.Outcome outcome) {
    int index = arrived.number() - 1;
    if (trace.get(index).pending()) {
      trace.set(index, arrived.with(outcome));
    }
    completeDeath();
  }

  /// The request as it is now.
  synchronized Traced current(Traced arrived) {
    return trace.get(arrived.number() - 1);
  }

  /// Notes that the client is cut off. Its death is complete when nothing of it is on its way to the server any more.
  synchronized void die(Arrival fatal) {
    death = fatal;
    completeDeath();
  }

  synchronized boolean doomed() {
    return doomed;
  }

  synchronized List<Traced> trace() {
    return List.copyOf(trace);
  }

  synchronized void close() {
    doomed = true;
    plan.forEach(PlannedFault::giveUp);
  }

  private void completeDeath() {
    if (death != null && trace.stream().noneMatch(traced -> traced.pending() && traced.request().changing())) {
      death.fault().happen(current(death.traced()));
    }
  }
}
