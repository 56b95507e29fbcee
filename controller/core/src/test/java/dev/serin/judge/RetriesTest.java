package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.known;
import static dev.serin.judge.Scene.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Retries that stick to their pod for several windows: each error causes others a while later. Fixed seeds.
class RetriesTest {

  private static final int BURN_IN = 360;
  private static final int WINDOWS = BURN_IN + 540;
  private static final int PODS = 20;
  private static final double ERRORS_PER_WINDOW = 2;

  private static final Policy POLICY = Policy.of(0.01, known(Map.of(TIMEOUT, Watched.SEEN)))
      .withCadence(new Policy.Cadence(LENGTH, Duration.ZERO, Duration.ofHours(12)));

  /// @param branching
  ///          mean number of errors that one causes
  /// @param delay
  ///          mean time until they come, in windows
  private record Retries(double branching, double delay) {

    /// Errors by window and pod.
    long[][] errors(RandomGenerator random) {
      var errors = new long[WINDOWS][PODS];
      double immigrants = ERRORS_PER_WINDOW * (1 - branching);
      for (double time = -Math.log(1 - random.nextDouble()) / immigrants; time < WINDOWS; time -= Math
          .log(1 - random.nextDouble()) / immigrants) {
        cascade(errors, random.nextInt(PODS), time, random);
      }
      return errors;
    }

    private void cascade(long[][] errors, int pod, double begin, RandomGenerator random) {
      var times = new ArrayDeque<Double>();
      times.add(begin);
      while (!times.isEmpty()) {
        double time = times.remove();
        if (time < WINDOWS) {
          errors[(int) time][pod]++;
          // Poisson: exponential gaps within `branching`.
          for (double gap = -Math.log(1 - random.nextDouble()); gap < branching; gap -= Math
              .log(1 - random.nextDouble())) {
            times.add(time - delay * Math.log(1 - random.nextDouble()));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.6, 0.5, 1", "0.85, 1.5, 2"})
  @DisplayName("A good version whose retries last for several windows is hardly ever rolled back")
  void lastingRetries(double branching, double delay, long seed) {
    var random = new Well19937c(seed);
    long rolledBack = IntStream.range(0, 60)
        .filter(_ -> isRolledBack(new Retries(branching, delay).errors(random))).count();

    // A right program rolls back with probability .008 at most: P(Binomial(60, .008) >= 10) < 1e-9. The second row
    // fails without the tempering by longer blocks.
    assertThat(rolledBack).as("seed %s", seed).isLessThan(10);
  }

  private static boolean isRolledBack(long[][] errors) {
    var evidence = Evidence.initial(POLICY);
    for (int k = 0; k < WINDOWS; k++) {
      var judgement = Judge.judge(evidence, window(k, errors[k]), POLICY);
      evidence = judgement.evidence();
      if (judgement.verdict() instanceof Verdict.RollBack) {
        return true;
      }
    }
    return false;
  }

  private static Window window(int sequence, long[] errors) {
    boolean burnIn = sequence < BURN_IN;
    var pods = IntStream.range(0, PODS)
        .mapToObj(p -> pod("p" + (10 + p), 100, errors[p], Map.of(TIMEOUT, errors[p]))).toList();
    return new Window(sequence, NOON.plus(LENGTH.multipliedBy(sequence)), LENGTH,
        burnIn ? pods.subList(0, 0) : pods.subList(0, 1), pods.subList(1, PODS), true, burnIn);
  }
}
