package dev.serin.stats.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.OnsetMixture;
import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedClustersTest {

  private static final RatioGrid GRID = RatioGrid.uniform(1);
  private static final OnsetPrior ONSET = new OnsetPrior(30);

  @Test
  @DisplayName("Keys with one event each count like independent events")
  void singleEvents() {
    var block = List.of(Map.of("a", counts(1, 0), "b", counts(0, 1)), Map.of("c", counts(0, 1)));
    double[] gains = KeyedClusters.gains(GRID, block);
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      assertThat(gains[i]).isCloseTo(GRID.logLikelihoodRatio(i, counts(1, 2)), within(1e-12));
    }
  }

  @Test
  @DisplayName("A key with a thousand events on one arm counts like one event, over windows of different weights")
  void storm() {
    var early = new TwoArmCounts(0, 700, 120, 11_880);
    var late = new TwoArmCounts(0, 300, 6000, 6000);
    double[] gains = KeyedClusters.gains(GRID, List.of(Map.of("a", early), Map.of("a", late)));
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      double mean = 0.7 * GRID.logLikelihoodRatio(i, new TwoArmCounts(0, 1, 120, 11_880))
          + 0.3 * GRID.logLikelihoodRatio(i, new TwoArmCounts(0, 1, 6000, 6000));
      assertThat(gains[i]).isCloseTo(mean, within(1e-12));
    }
  }

  @Test
  @DisplayName("Without events nothing is gained; the order of keys changes no bit")
  void order() {
    assertThat(KeyedClusters.gains(GRID, List.of(Map.of(), Map.of("a", counts(0, 0)))))
        .isEqualTo(new double[RatioGrid.SIZE]);

    Map<String, TwoArmCounts> forward = new LinkedHashMap<>();
    Map<String, TwoArmCounts> backward = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      forward.put("k" + i, counts(i % 3, 1 + i % 7));
      backward.put("k" + (49 - i), counts((49 - i) % 3, 1 + (49 - i) % 7));
    }
    assertThat(KeyedClusters.gains(GRID, List.of(forward))).isEqualTo(KeyedClusters.gains(GRID, List.of(backward)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Retries that stick to one arm for a minute: few of 400 processes ever reach 5, though most would uncounted")
  void ville(long seed) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(400, .2) >= 132) < 1e-9.
    var random = new Well19937c(seed);
    int keyed = 0;
    int unkeyed = 0;
    for (int run = 0; run < 400; run++) {
      int reached = run(random);
      keyed += reached & 1;
      unkeyed += reached >> 1;
    }
    assertThat(keyed).as("seed %s", seed).isLessThan(132);
    assertThat(unkeyed).as("seed %s", seed).isGreaterThan(300);
  }

  private static TwoArmCounts counts(long xc, long xb) {
    return new TwoArmCounts(xc, xb, 600, 11_400);
  }

  /// Bit 0: the keyed process reached 5, bit 1: one that takes every event by itself did.
  private static int run(RandomGenerator random) {
    var keyed = OnsetMixture.silent(RatioGrid.SIZE, 0);
    var plain = OnsetMixture.silent(RatioGrid.SIZE, 0);
    int reached = 0;
    for (int t = 1; t <= 60; t++) {
      Map<String, TwoArmCounts> window = new HashMap<>();
      long xc = 0;
      long xb = 0;
      int clients = random.nextInt(4);
      for (int client = 0; client < clients; client++) {
        long retries = 1L + random.nextInt(30);
        boolean onCanary = random.nextInt(20) == 0;
        window.put("client" + client, counts(onCanary ? retries : 0, onCanary ? 0 : retries));
        xc += onCanary ? retries : 0;
        xb += onCanary ? 0 : retries;
      }
      keyed = keyed.after(KeyedClusters.gains(GRID, List.of(window)), ONSET.logWeight(t));
      plain = plain.after(KeyedClusters.gains(GRID, singles(xc, xb)), ONSET.logWeight(t));
      reached |= keyed.logE(GRID, ONSET.remaining(t)) >= StrictMath.log(5) ? 1 : 0;
      reached |= plain.logE(GRID, ONSET.remaining(t)) >= StrictMath.log(5) ? 2 : 0;
    }
    return reached;
  }

  private static List<Map<String, TwoArmCounts>> singles(long xc, long xb) {
    Map<String, TwoArmCounts> window = new HashMap<>();
    for (int i = 0; i < xc + xb; i++) {
      window.put("event" + i, counts(i < xc ? 1 : 0, i < xc ? 0 : 1));
    }
    return List.of(window);
  }
}
