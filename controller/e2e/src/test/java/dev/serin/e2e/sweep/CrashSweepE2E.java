package dev.serin.e2e.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.proxy.Traced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random kills miss a window of a millisecond, so every write is tried. It takes long, so it runs on demand: with
/// `-Dserin.sweep=full` each write is tried in four ways; with `-Dserin.sweep=some` the first two writes of each
/// kind are, and every fifth of the rest, each in one of the five ways, in turn.
@Isolated
@EnabledIfSystemProperty(named = "serin.sweep", matches = "some|full")
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashSweepE2E {

  private static final boolean FULL = "full".equals(System.getProperty("serin.sweep"));
  private static final int AT_ONCE = 4;
  private static final int FEW = 2;
  private static final int FEW_OF = 5;

  private final SweepCluster cluster = SweepCluster.start();

  private record Case(int write, Run.Kill kill) {}

  @AfterAll
  void close() throws IOException {
    cluster.close();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("Killed at any of its writes and started again, the operator brings the rollout to the same end, by the same canaries and Analyses")
  void sameEnd(Story story) throws InterruptedException {
    Run reference = Run.undisturbed(cluster, story, "0");
    assertThat(reference.wrong()).isEmpty();
    assertThat(reference.children().wrong(story.attempts())).isEmpty();
    List<Case> cases = cases(reference.writes());

    var failures = new ArrayList<String>();
    var swept = new TreeSet<String>();
    int killed = 0;
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Run>> runs = threads.invokeAll(cases.stream().<Callable<Run>>map(one -> () -> Run.killedAt(cluster,
          story, one.write() + "-" + one.kill().mark(), one.write(), one.kill())).toList());
      for (int i = 0; i < runs.size(); i++) {
        String what = story + ", killed " + cases.get(i).kill() + " write " + cases.get(i).write();
        try {
          Run run = runs.get(i).get();
          if (run.killed()) {
            killed++;
            swept.add(name(run.writes().getLast()));
          }
          difference(run, reference)
              .ifPresent(other -> failures.add(what + " (" + name(run.writes().getLast()) + "): " + other));
        } catch (ExecutionException e) {
          failures.add(what + ": " + e.getCause());
        }
      }
    }
    System.out.printf("figure: %s: %d writes, %d of %d runs with a kill, kinds of writes: %s%n", story,
        reference.writes().size(), killed, cases.size(), swept);
    assertThat(failures).as("must end as " + reference.ending() + " with " + reference.children()).isEmpty();
    assertThat(swept).as("kinds of writes at which it was killed").hasSizeGreaterThan(5);
    // A run may need fewer writes than the reference; then there is nothing to kill it at.
    assertThat(cases.size() - killed).as("runs that ended before they were killed")
        .isLessThanOrEqualTo(Math.max(FEW, cases.size() / FEW_OF));
    assertThat(cluster.foreignDeletions()).isEmpty();
  }

  private static Optional<String> difference(Run run, Run reference) {
    boolean same = run.ending().equals(reference.ending()) && run.children().equals(reference.children())
        && run.wrong().isEmpty();
    return same ? Optional.empty() : Optional.of(run.ending() + " " + run.children() + " " + run.wrong());
  }

  private static List<Case> cases(List<Traced> writes) {
    Run.Kill[] all = Run.Kill.values();
    var cases = new ArrayList<Case>();
    var seen = new HashMap<String, Integer>();
    for (Traced traced : writes) {
      int write = traced.write();
      if (FULL) {
        Run.Kill.at(write).forEach(kill -> cases.add(new Case(write, kill)));
      } else if (seen.merge(name(traced), 1, Integer::sum) <= 2 || write % all.length == 0) {
        cases.add(new Case(write, all[cases.size() % all.length]));
      }
    }
    return cases;
  }

  private static String name(Traced write) {
    var request = write.request();
    return request.method() + " " + request.resource()
        + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
  }
}
