package dev.serin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.bench.rule.BinomialTest;
import dev.serin.bench.scenario.Scenarios;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A small benchmark, seed 20. It is so loose that it fails a correct program with a probability below 1e-9, whatever the
/// seed, and yet sees a judge whose promise is broken: untempered evidence rolls back every run of A2b.
///
/// A judge that keeps its promise rolls back a good version with a probability of at most α = 0.01. So the number of
/// false roll backs among n independent runs is at most Binomial(n, 0.01); [#LIMIT] is the first number that it reaches
/// with a probability below 1e-10, over all scenarios together below 1e-9.
@Tag("calibration")
class CalibrationTest {

  private static final long SEED = 20;
  private static final int RUNS = 100;
  private static final int LIMIT = 13;
  private static final double ALPHA = 0.01;

  @Test
  @DisplayName("Thirteen false roll backs among 100 runs have a probability below 1e-10 for a judge that keeps its promise")
  void limit() {
    // C(100, 13)·.01^13·.99^87 = 3.0e-11, and the further terms fall by a factor of more than fifteen each.
    assertThat(BinomialTest.upperTail(LIMIT, RUNS, ALPHA)).isBetween(1e-12, 1e-10);
  }

  @ParameterizedTest
  @CsvSource({"A1", "A2b", "A2c", "A3", "A4", "A7", "A13"})
  @DisplayName("Good versions are rolled back no more often than promised")
  void keepsItsPromise(String id) throws InterruptedException {
    long falseRollBacks = rollBacks(id);

    assertThat(falseRollBacks).as("seed %s, scenario %s: false roll backs of %s runs", SEED, id, RUNS)
        .isLessThan(LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"B2", "B3"})
  @DisplayName("Bad versions are rolled back")
  void finds(String id) throws InterruptedException {
    // The design promises nearly all; even at 90 %, 60 or fewer of 100 have a probability of 3e-15.
    assertThat(rollBacks(id)).as("seed %s, scenario %s: roll backs of %s runs", SEED, id, RUNS).isGreaterThan(60);
  }

  private static long rollBacks(String id) throws InterruptedException {
    var simulation = Simulation.of(Scenarios.named(List.of(id)).getFirst(), List.of(), 180);
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    return Runner.play(simulation, RUNS, SEED, threads).stream().filter(outcome -> outcome.judge().rolledBack())
        .count();
  }
}
