package dev.serin.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Plays many runs on several threads. The outcomes do not depend on their number: each run has its own chance.
public final class Runner {

  private static final int CHUNK = 50;

  private Runner() {}

  /// The outcomes by number of the run.
  ///
  /// @param threads
  ///          at least 1
  public static List<Outcome> play(Simulation simulation, int runs, long seed, int threads)
      throws InterruptedException {
    var chunks = new ArrayList<Callable<List<Outcome>>>();
    for (int from = 0; from < runs; from += CHUNK) {
      int first = from;
      int end = Math.min(runs, from + CHUNK);
      chunks.add(() -> {
        var outcomes = new ArrayList<Outcome>(end - first);
        for (int number = first; number < end; number++) {
          outcomes.add(simulation.run(seed, number));
        }
        return outcomes;
      });
    }
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var all = new ArrayList<Outcome>(runs);
      for (var chunk : pool.invokeAll(chunks)) {
        all.addAll(chunk.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run of " + simulation.scenario().id() + " failed", e.getCause());
    }
  }
}
