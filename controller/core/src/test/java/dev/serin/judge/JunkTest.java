package dev.serin.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.SignatureId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Signatures that mean nothing must not hide one that does. Here they are warnings, not failed requests: failures besides
/// dilute all errors together, whatever their signatures.
class JunkTest {

  private static final int KNOWN = 5;
  private static final int STABLE = 9;
  private static final int WINDOWS = 80;
  private static final int JUNK_PER_WINDOW = 125;
  private static final int RUNS = 200;

  private static SignatureId known(int i) {
    return new SignatureId("s1-known" + i);
  }

  /// Whether a canary with one known signature five times as often is rolled back within 80 windows.
  private static boolean found(boolean junk, long seed) {
    var known = new HashMap<SignatureId, Watched>();
    IntStream.range(0, KNOWN).forEach(i -> known.put(known(i), Watched.SEEN));
    var policy = Scene.policy(known);
    var random = new Well19937c(seed);
    var noise = new Well19937c(-seed);
    var evidence = Scene.begun(policy);
    for (int k = 0; k < WINDOWS; k++) {
      var pods = new ArrayList<Map<SignatureId, Long>>();
      for (int p = 0; p <= STABLE; p++) {
        pods.add(errors(p == 0, random));
      }
      for (int i = 0; junk && i < JUNK_PER_WINDOW; i++) {
        pods.get(noise.nextInt(STABLE + 1)).put(new SignatureId("s1-junk" + (k * JUNK_PER_WINDOW + i)), 1L);
      }
      var judgement = Judge.judge(evidence, window(k, pods), policy);
      evidence = judgement.evidence();
      if (judgement.verdict() instanceof Verdict.RollBack) {
        return true;
      }
    }
    return false;
  }

  /// Each known signature in 5 % of a pod's windows, the first one in 24 % of the canary's.
  private static Map<SignatureId, Long> errors(boolean canary, RandomGenerator random) {
    var errors = new HashMap<SignatureId, Long>();
    for (int i = 0; i < KNOWN; i++) {
      if (random.nextDouble() < (canary && i == 0 ? 0.24 : 0.05)) {
        errors.put(known(i), 1L);
      }
    }
    return errors;
  }

  private static Window window(int number, List<Map<SignatureId, Long>> pods) {
    var counts = IntStream.range(0, pods.size()).mapToObj(p -> new PodCounts("p" + p, 1000,
        IntStream.range(0, KNOWN).mapToLong(i -> pods.get(p).getOrDefault(known(i), 0L)).sum(),
        new TreeMap<>(pods.get(p)))).toList();
    return Scene.window(number, counts.subList(0, 1), counts.subList(1, counts.size()), true);
  }

  @Test
  @DisplayName("10,000 junk signatures cost less than 5 points of power")
  void power() {
    long without = LongStream.rangeClosed(1, RUNS).filter(seed -> found(false, seed)).count();
    long with = LongStream.rangeClosed(1, RUNS).filter(seed -> found(true, seed)).count();
    System.out.println("seeds 1.." + RUNS + ": found " + without + " without junk, " + with + " with it");

    assertThat(without).isBetween(RUNS / 2L, RUNS * 95L / 100);
    assertThat(with).isGreaterThan(without - RUNS / 20);
  }
}
