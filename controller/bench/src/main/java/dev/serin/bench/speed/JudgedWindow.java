package dev.serin.bench.speed;

import dev.serin.bench.draw.Draws;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.Judgement;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.Watched;
import dev.serin.judge.Window;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One window of 20 pods with two errors in the mean, judged after few and after many earlier windows. Making the window
/// is not measured.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgedWindow {

  private static final int PODS = 20;
  private static final long REQUESTS = 100;
  private static final double ERRORS = 0.1;
  private static final int PREPARED = 2000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// Signatures that occur; at most 150 of them are known before.
  @Param({"1", "21", "200"})
  public int signatures;

  /// Windows that were judged before.
  @Param({"360", "20000"})
  public int before;

  private final List<Window> windows = new ArrayList<>();
  private final List<SignatureId> ids = new ArrayList<>();
  private Policy policy = Policy.of(0.01, new TreeMap<>());
  private Evidence first = Evidence.initial(policy);
  private Evidence evidence = first;
  private int next;

  /// Judges the earlier windows and prepares the ones to be measured.
  @Setup
  public void prepare() {
    for (int i = 0; i < signatures; i++) {
      ids.add(new SignatureId("signature-%03d".formatted(i)));
    }
    var known = new TreeMap<SignatureId, Watched>();
    ids.stream().limit(Policy.MAX_KNOWN).forEach(id -> known.put(id, Watched.SEEN));
    policy = Policy.of(0.01, known);
    var draws = Draws.of(1, "speed", signatures);
    first = Evidence.initial(policy).startStep(new Step(0, START, Duration.ZERO, Duration.ofDays(30)));
    for (int i = 0; i < before; i++) {
      first = Judge.judge(first, window(i, draws), policy).evidence();
    }
    for (int i = 0; i < PREPARED; i++) {
      windows.add(window(before + i, draws));
    }
    evidence = first;
  }

  /// Folds the next window; after the last one it begins again.
  @Benchmark
  public Judgement judge() {
    if (next == PREPARED) {
      next = 0;
      evidence = first;
    }
    var judgement = Judge.judge(evidence, windows.get(next++), policy);
    evidence = judgement.evidence();
    return judgement;
  }

  private Window window(int sequence, Draws draws) {
    var pods = new ArrayList<PodCounts>(PODS);
    for (int pod = 0; pod < PODS; pod++) {
      SortedMap<SignatureId, Long> events = new TreeMap<>();
      int errors = draws.poisson(ERRORS);
      for (int i = 0; i < errors; i++) {
        events.merge(ids.get(draws.below(signatures)), 1L, Long::sum);
      }
      pods.add(new PodCounts("pod-%02d".formatted(pod), REQUESTS, errors, events));
    }
    return new Window(sequence, START.plus(policy.window().multipliedBy(sequence)), policy.window(),
        pods.subList(0, 1), pods.subList(1, PODS), true);
  }
}
