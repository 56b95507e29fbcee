package dev.serin.plan;

import dev.serin.stats.LogSum;
import dev.serin.stats.Thresholds;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// All evidence against one fault at one weight. Two kinds must be enough in the same window: the main one, without the
/// worst of several canary pods, and a cautious one that assumes nothing of the past.
///
/// @param main
///          paths of the hypotheses that the fault speaks for, the same ones in the same order at every weight
/// @param cautious
///          the same for the cautious evidence
/// @param threshold
///          `ln(1/α_c)`
/// @param excess
///          windows after which enough events are above the margin
/// @param chance
///          median in multiples of the time on the typical path
record TypicalFault(List<TypicalPath> main, List<TypicalPath> cautious, double threshold, double excess,
    double chance) {

  private static final double LOG_CAUTIOUS = StrictMath.log(Thresholds.CAUTIOUS);
  private static final double PRECISION = 1e-3;

  TypicalFault {
    main = List.copyOf(main);
    cautious = List.copyOf(cautious);
  }

  /// A way to ask for the evidence.
  interface Evidence {
    /// Nats above what is needed.
    double of(TypicalFault fault, double windows);
  }

  /// What the evidence has above what is needed, for a fault that is there from the first window.
  double fromStart(double windows) {
    return Math.min(sum(main, path -> path.fromStart(windows)) - threshold,
        sum(cautious, path -> path.fromStart(windows)) - LOG_CAUTIOUS);
  }

  /// The same for one that begins late.
  double afterOnset(double windows, double logOnset) {
    return Math.min(sum(main, path -> path.afterOnset(windows, logOnset)) - threshold,
        sum(cautious, path -> path.afterOnset(windows, logOnset)) - LOG_CAUTIOUS);
  }

  private static double sum(List<TypicalPath> paths, ToDoubleFunction<TypicalPath> evidence) {
    return LogSum.of(paths.stream().mapToDouble(evidence).toArray());
  }

  /// Median of the windows until there is enough, at most about [Detection#NEVER].
  ///
  /// @param above
  ///          what the evidence has above what is needed, by windows
  double windows(DoubleUnaryOperator above) {
    return Math.max(chance * crossing(above), excess);
  }

  /// Of windows that [#windows] gave, those of the typical path.
  double withoutChance(double windows) {
    return windows <= excess ? windows : windows / chance;
  }

  private static double crossing(DoubleUnaryOperator above) {
    double high = 1;
    while (above.applyAsDouble(high) < 0) {
      high *= 2;
      if (high > 4 * Detection.NEVER) {
        return high;
      }
    }
    double low = high == 1 ? 0 : high / 2;
    while (high - low > PRECISION * high) {
      double middle = (low + high) / 2;
      if (above.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /// This fault at its weight, after windows at others.
  TypicalFault after(List<TypicalFault> before, double[] windows) {
    return new TypicalFault(after(main, before.stream().map(TypicalFault::main).toList(), windows),
        after(cautious, before.stream().map(TypicalFault::cautious).toList(), windows), threshold, excess, chance);
  }

  private static List<TypicalPath> after(List<TypicalPath> paths, List<List<TypicalPath>> before, double[] windows) {
    return IntStream.range(0, paths.size()).mapToObj(h -> {
      var path = paths.get(h);
      for (int i = 0; i < before.size(); i++) {
        path = path.after(before.get(i).get(h), windows[i]);
      }
      return path;
    }).toList();
  }
}
