package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `judge-vectors.json` was computed to 50 digits: uniform weights, margin 1, a horizon of 720 windows.
class GoldenVectorsTest {

  /// 1e-12 relative.
  private static final double PERCENT = 1e-10;
  private static final int HORIZON = 720;

  record Vector(String name, List<TwoArmCounts> windows, List<Double> logLr, double start, double half,
      double cluster) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> vectors() {
    var vectors = read();
    assertThat(vectors).extracting(Vector::name).hasSize(4).allMatch(name -> name.matches("G[1-4]_.*"));
    return vectors.stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("The log likelihood ratio of every grid point has twelve right digits")
  void logLikelihoodRatios(Vector vector) {
    var grid = RatioGrid.uniform(1);
    assertThat(vector.logLr()).hasSize(RatioGrid.SIZE);
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      int index = i;
      double sum = vector.windows().stream().mapToDouble(counts -> grid.logLikelihoodRatio(index, counts)).sum();
      assertThat(sum).as("grid point %s", i).isCloseTo(vector.logLr().get(i), withinPercentage(PERCENT));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("Evidence from the first window, with unknown start, and tempered has twelve right digits")
  void evidence(Vector vector) {
    var grid = RatioGrid.uniform(1);

    var fromStart = fold(vector.windows(), grid, _ -> 1, _ -> 1);
    var plain = fold(vector.windows(), grid, _ -> 1, t -> 1 - t / (double) HORIZON);
    var tempered = fold(vector.windows(), grid, GoldenVectorsTest::windowCluster, _ -> 1);

    assertThat(fromStart.logEFromStart(grid)).isCloseTo(vector.start(), withinPercentage(PERCENT));
    assertThat(plain.logE()).isCloseTo(vector.half(), withinPercentage(PERCENT));
    assertThat(tempered.logEFromStart(grid)).isCloseTo(vector.cluster(), withinPercentage(PERCENT));
  }

  @Test
  @DisplayName("With an open horizon of half-hour epochs the published evidence comes out")
  void openHorizon() {
    // statistics.md section 17, computed to 50 digits with epoch 1, 180 windows, v = 1/360.
    var onset = new OnsetPrior(180);
    var uniform = RatioGrid.uniform(1);
    var novel = RatioGrid.novel(1);
    var one = read().get(0).windows();
    var four = read().get(1).windows();

    var plain = fold(one, uniform, _ -> 1, onset::remaining);
    var tempered = fold(one, uniform, GoldenVectorsTest::windowCluster, onset::remaining);
    var unseen = fold(four, novel, _ -> 1, onset::remaining);
    var unseenFromStart = fold(four, novel, _ -> 1, _ -> 1);

    assertThat(plain.logE()).isCloseTo(2.37692078586766, withinPercentage(PERCENT));
    assertThat(tempered.logE()).isCloseTo(.15033534203686028, withinPercentage(PERCENT));
    assertThat(unseen.logE()).isCloseTo(7.48693078974104, withinPercentage(PERCENT));
    assertThat(unseenFromStart.logEFromStart(novel)).isCloseTo(8.176703285579388, withinPercentage(PERCENT));
  }

  private static double windowCluster(TwoArmCounts counts) {
    return 1.0 / Math.max(counts.m(), 1);
  }

  private static EProcess fold(List<TwoArmCounts> windows, RatioGrid grid, ToDoubleFunction<TwoArmCounts> tempering,
      LongToDoubleFunction remaining) {
    var process = EProcess.START;
    for (int t = 1; t <= windows.size(); t++) {
      var counts = windows.get(t - 1);
      var gains = grid.gains(counts.xc(), counts.m(), grid.costs(counts.nc(), counts.nb()),
          tempering.applyAsDouble(counts));
      process = process.after(grid, gains, remaining.applyAsDouble(t));
    }
    return process;
  }

  private static List<Vector> read() {
    var number = "([-0-9.e]+)";
    var pattern = Pattern.compile("\"(G\\d_\\w+)\":\\{\"windows\":\\[(.*?)\\],\"loglr\":\\{(.*?)\\},\"logE_start0\":"
        + number + ",\"logE_half\":" + number + ",\"logE_windowcluster\":" + number + "\\}");
    var found = new ArrayList<Vector>();
    var matcher = pattern.matcher(text().replaceAll("\\s", ""));
    while (matcher.find()) {
      var windows = Arrays.stream(matcher.group(2).split("\\],\\[")).map(row -> row.replaceAll("[\\[\\]]", ""))
          .map(row -> row.split(",")).map(cell -> new TwoArmCounts(Long.parseLong(cell[0]), Long.parseLong(cell[1]),
              Double.parseDouble(cell[2]), Double.parseDouble(cell[3])))
          .toList();
      var ratios = Arrays.stream(matcher.group(3).split(",")).map(
          pair -> Double.valueOf(pair.substring(pair.indexOf(':') + 1))).toList();
      found.add(new Vector(matcher.group(1), windows, ratios, Double.parseDouble(matcher.group(4)),
          Double.parseDouble(matcher.group(5)), Double.parseDouble(matcher.group(6))));
    }
    return found;
  }

  private static String text() {
    try (var in = Objects.requireNonNull(GoldenVectorsTest.class.getResourceAsStream("/judge-vectors.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
