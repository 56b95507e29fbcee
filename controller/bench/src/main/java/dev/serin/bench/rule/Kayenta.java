package dev.serin.bench.rule;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Kayenta's canary judge on one metric: is the canary's series of error rates higher than the baseline's? Compares
/// minutes, not requests. Its configured tolerance and confidence level have no effect: 0.25 and 0.98 are fixed.
public final class Kayenta implements RollBackRule {

  /// What the judge says of one metric.
  enum Classification {
    NO_DATA, PASS, HIGH, LOW
  }

  /// With which series the canary is compared.
  public enum Against {
    /// As many stable pods as the canary has.
    PEER,
    /// All stable pods together.
    FLEET
  }

  private static final double TOLERANCE = 0.25;
  private static final double LEVEL = 0.98;
  private static final double NOISE = 1e-5;
  private static final int FIRST_LOOK = 30;
  private static final int BETWEEN_LOOKS = 10;

  private final Against against;
  private final int onlyMinute;
  private final DoubleSupplier normal;
  private double[] canary = new double[256];
  private double[] baseline = new double[256];
  private int size;

  /// @param against
  ///          the other series
  /// @param onlyMinute
  ///          the only minute with a look; 0 looks after 30, 40, … minutes
  /// @param normal
  ///          draws standard normal numbers, for the noise that is added to constant series
  public Kayenta(Against against, int onlyMinute, DoubleSupplier normal) {
    this.against = against;
    this.onlyMinute = onlyMinute;
    this.normal = normal;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    if (size == canary.length) {
      canary = Arrays.copyOf(canary, 2 * size);
      baseline = Arrays.copyOf(baseline, 2 * size);
    }
    canary[size] = percent(now.xc(), now.nc());
    baseline[size] = switch (against) {
      case PEER -> percent(now.xe(), now.ne());
      case FLEET -> percent(now.xb(), now.nb());
    };
    size++;
    boolean looks = onlyMinute == 0
        ? minute >= FIRST_LOOK && (minute - FIRST_LOOK) % BETWEEN_LOOKS == 0
        : minute == onlyMinute;
    return looks && classify(Arrays.copyOf(canary, size), Arrays.copyOf(baseline, size), normal) == Classification.HIGH;
  }

  private static double percent(long events, long requests) {
    return requests == 0 ? 0 : 100.0 * events / requests;
  }

  /// Compares two series in both directions.
  static Classification classify(double[] experiment, double[] control, DoubleSupplier normal) {
    if (experiment.length == 0 || control.length == 0) {
      return Classification.NO_DATA;
    }
    var x = experiment.clone();
    var y = control.clone();
    if (sameWhenSorted(x, y) || (isConstant(x) && isConstant(y) && x[0] == y[0])) {
      return Classification.PASS;
    }
    if (isConstant(x) && isConstant(y)) {
      addNoise(x, normal);
      addNoise(y, normal);
    }
    var shift = new ShiftInterval(x, y, LEVEL);
    double ratio = mean(experiment) / mean(control);
    boolean comparable = mean(experiment) != 0 && mean(control) != 0;
    double low = shift.low();
    double high = shift.high();
    // Bounds within the tolerance are the rule, and the estimate is costly.
    if (low <= 0 && high >= 0) {
      return Classification.PASS;
    }
    double bound = TOLERANCE * Math.abs(shift.estimate());
    if (low > bound && (!comparable || ratio >= 1)) {
      return Classification.HIGH;
    }
    return high < -bound && (!comparable || ratio <= 1) ? Classification.LOW : Classification.PASS;
  }

  private static void addNoise(double[] values, DoubleSupplier normal) {
    double deviation = NOISE * values[0];
    for (int i = 0; i < values.length; i++) {
      values[i] += deviation * normal.getAsDouble();
    }
  }

  private static boolean sameWhenSorted(double[] x, double[] y) {
    var sortedX = x.clone();
    var sortedY = y.clone();
    Arrays.sort(sortedX);
    Arrays.sort(sortedY);
    return Arrays.equals(sortedX, sortedY);
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
