package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;

/// The pods that a cause reaches. Each of them gets events in proportion to its requests.
sealed interface Reach {

  /// Requests of the reached pods.
  double requests(WindowCounts counts);

  /// A pod, each with the probability of its share of the requests.
  int draw(WindowCounts counts, Draws draws);

  /// Whether every pod of an arm is reached.
  boolean hits(boolean canary);

  /// All pods of one arm or both.
  enum Arms implements Reach {
    EVERYWHERE, CANARY, STABLE;

    @Override
    public double requests(WindowCounts counts) {
      int canary = counts.canaryPods();
      double onCanary = (double) canary * counts.requests(0);
      double onStable = (double) (counts.pods() - canary) * counts.requests(canary);
      return switch (this) {
        case EVERYWHERE -> onCanary + onStable;
        case CANARY -> onCanary;
        case STABLE -> onStable;
      };
    }

    @Override
    public int draw(WindowCounts counts, Draws draws) {
      int canary = counts.canaryPods();
      return switch (this) {
        case CANARY -> draws.below(canary);
        case STABLE -> canary + draws.below(counts.pods() - canary);
        case EVERYWHERE -> {
          double onCanary = CANARY.requests(counts);
          boolean hits = onCanary > 0 && draws.uniform() * requests(counts) < onCanary;
          yield (hits ? CANARY : STABLE).draw(counts, draws);
        }
      };
    }

    @Override
    public boolean hits(boolean canary) {
      return switch (this) {
        case EVERYWHERE -> true;
        case CANARY -> canary;
        case STABLE -> !canary;
      };
    }
  }

  /// One pod of either arm.
  ///
  /// @param index
  ///          the canary's pods come first
  record Pod(int index) implements Reach {

    @Override
    public double requests(WindowCounts counts) {
      return counts.requests(index);
    }

    @Override
    public int draw(WindowCounts counts, Draws draws) {
      return index;
    }

    @Override
    public boolean hits(boolean canary) {
      return false;
    }
  }
}
