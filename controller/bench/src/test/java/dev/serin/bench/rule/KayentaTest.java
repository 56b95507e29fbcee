package dev.serin.bench.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.rule.Kayenta.Classification;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reference numbers are those of Kayenta's own tests (spinnaker/kayenta, Apache-2.0; MannWhitneySuite and
/// ClassifierSuite), which took the intervals from R's `wilcox.test`.
class KayentaTest {

  private static final double[] LOW = {1, 2, 3, 4};
  private static final double[] TEN_TIMES = {10, 20, 30, 40};

  @Test
  @DisplayName("Interval and estimate of two small samples are those of R, to Kayenta's 1e-4")
  void smallSamples() {
    var shift = new ShiftInterval(TEN_TIMES, LOW, 0.95);

    assertThat(shift.low()).isCloseTo(6, within(1e-4));
    assertThat(shift.high()).isCloseTo(39, within(1e-4));
    assertThat(shift.estimate()).isCloseTo(22.5, within(1e-4));
  }

  @Test
  @DisplayName("Seven of ten values at 100 against ten ones give spinnaker#6278's interval, and pass")
  void issue6278() {
    var experiment = new double[]{100, 100, 100, 100, 100, 100, 100, 1, 1, 1};
    var control = repeat(10, 1);
    var shift = new ShiftInterval(experiment, control, 0.98);

    assertThat(shift.low()).isCloseTo(6.825022991538781e-5, within(1e-9));
    assertThat(shift.high()).isCloseTo(99, within(1e-9));
    assertThat(shift.estimate()).isCloseTo(98.99992904170193, within(1e-9));
    assertThat(classify(experiment, control)).isEqualTo(Classification.PASS);
  }

  @Test
  @DisplayName("With many ties the bounds of R come out in the wrong order, and so do ours")
  void boundsInvert() {
    // Test "tie out intermediate variables"; the order of the values does not matter.
    var experiment = concat(repeat(146, 0), 1.6666666666666572, 3.703703703703681, 1.5625000000000142,
        3.333333333333343, 1.7543859649122737, 1.8518518518518476, 1.8518518518518476, 1.5151515151515156,
        1.7857142857142776, 1.3333333333333286, 3.125000000000014, 1.9607843137255117, 1.4492753623188293,
        2.439024390243887, 1.6393442622950687, 1.6129032258064484, 1.9607843137255117, 1.5873015873015817,
        2.8169014084507182, 3.0303030303030454, 3.3898305084745743, 1.234567901234584, 1.7241379310344769,
        1.6949152542372872, 1.470588235294116, 1.3698630136986196, 3.225806451612911, 1.754385964912288,
        3.4482758620689538, 3.333333333333343, 1.818181818181813, 1.4285714285714448, 1.8867924528301927,
        2.0000000000000284, 2.985074626865682, 1.6666666666666714, 1.5625, 1.9230769230769198, 1.8518518518518619,
        2.702702702702709, 1.3513513513513544, 1.818181818181813, 1.6666666666666572, 1.818181818181813,
        1.4285714285714164, 4.1095890410959015, 1.8518518518518619, 1.8518518518518476, 1.3888888888888857,
        1.8867924528301785, 1.4285714285714164, 1.5625, 1.8867924528301927, 2.040816326530603, 1.818181818181813,
        1.6393442622950687, 1.7241379310344769, 1.5151515151515156, 2.564102564102555, 5.555555555555557,
        4.081632653061206, 3.5714285714285836, 2.040816326530603, 3.1746031746031633);
    var control = concat(repeat(193, 0), 1.5625000000000142, 1.3888888888888857, 1.5384615384615614,
        1.492537313432834, 1.6949152542373014, 1.470588235294116, 1.754385964912288, 1.8518518518518619,
        1.6393442622950687, 1.7241379310344769, 1.5873015873015817, 1.492537313432834, 3.124999999999986,
        1.492537313432834, 2.9850746268656536, 2.5000000000000284, 1.7857142857142776);
    var shift = new ShiftInterval(experiment, control, 0.95);

    assertThat(shift.low()).isCloseTo(3.521755377702165E-5, within(1e-6));
    assertThat(shift.high()).isCloseTo(2.02456461662334E-5, within(1e-6));
    assertThat(shift.estimate()).isCloseTo(2.6279243045155653E-5, within(1e-6));
    assertThat(shift.low()).isGreaterThan(shift.high());
    assertThat(classify(experiment, control)).isEqualTo(Classification.HIGH);
  }

  @Test
  @DisplayName("Data on a grid of halves gives R's interval")
  void gridOfHalves() {
    // Test "tie out with R version again": how often each value occurs.
    var control = values(Map.ofEntries(Map.entry(0.0, 1), Map.entry(0.5, 7), Map.entry(1.0, 32), Map.entry(1.5, 70),
        Map.entry(2.0, 33), Map.entry(2.5, 22), Map.entry(3.0, 6), Map.entry(3.5, 2), Map.entry(4.0, 3),
        Map.entry(4.5, 1), Map.entry(5.5, 1), Map.entry(7.0, 1), Map.entry(7.5, 1)));
    var experiment = values(Map.ofEntries(Map.entry(0.5, 20), Map.entry(1.0, 41), Map.entry(1.5, 67),
        Map.entry(2.0, 37), Map.entry(2.5, 3), Map.entry(3.0, 2), Map.entry(3.5, 3), Map.entry(4.0, 1),
        Map.entry(5.0, 1), Map.entry(5.5, 3), Map.entry(8.5, 1), Map.entry(19.0, 1)));
    var shift = new ShiftInterval(experiment, control, 0.98);

    assertThat(shift.low()).isCloseTo(-0.4999173250549087, within(1e-6));
    assertThat(shift.high()).isCloseTo(-6.912685789769486E-6, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1,PASS", "25,PASS", "29,HIGH", "30,PASS", "31,PASS", "35,PASS", "40,HIGH"})
  @DisplayName("One error in k of 60 minutes against none: more errors can pass where fewer are high")
  void notMonotone(int minutes, Classification expected) {
    var experiment = concat(repeat(60 - minutes, 0), repeat(minutes, 100.0 / 600));

    assertThat(classify(experiment, repeat(60, 0))).isEqualTo(expected);
  }

  @Test
  @DisplayName("Errors in three of six minutes against none pass (kayenta#426)")
  void issue426() {
    assertThat(classify(new double[]{0, 1, 2, 1, 0, 0}, repeat(6, 0))).isEqualTo(Classification.PASS);
  }

  @Test
  @DisplayName("Equal samples pass in any order, constants are told apart, an empty sample is no data")
  void corners() {
    assertThat(classify(new double[]{1, 1, 1}, new double[]{1, 1})).isEqualTo(Classification.PASS);
    assertThat(classify(new double[]{1, 2, 3, 4, 5}, new double[]{5, 4, 3, 2, 1})).isEqualTo(Classification.PASS);
    assertThat(classify(new double[]{0, 1, 1, 1, 1}, repeat(5, 1))).isEqualTo(Classification.PASS);
    assertThat(classify(new double[0], LOW)).isEqualTo(Classification.NO_DATA);
    assertThat(classify(repeat(30, 2), repeat(30, 1))).isEqualTo(Classification.HIGH);
    assertThat(classify(repeat(30, 1), repeat(30, 2))).isEqualTo(Classification.LOW);
  }

  private static Classification classify(double[] experiment, double[] control) {
    return Kayenta.classify(experiment, control, Draws.of(1, "noise", 0)::normal);
  }

  private static double[] values(Map<Double, Integer> counts) {
    return new TreeMap<>(counts).entrySet().stream()
        .flatMapToDouble(entry -> Arrays.stream(repeat(entry.getValue(), entry.getKey()))).toArray();
  }

  private static double[] repeat(int times, double value) {
    var all = new double[times];
    Arrays.fill(all, value);
    return all;
  }

  private static double[] concat(double[] some, double... more) {
    return DoubleStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
  }
}
