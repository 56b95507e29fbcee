package dev.serin.bench.report;

import dev.serin.bench.run.Outcome;
import dev.serin.bench.run.Outcome.Stop;
import dev.serin.bench.scenario.Course;
import dev.serin.bench.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// All outcomes of one scenario.
///
/// @param scenario
///          what was played
/// @param outcomes
///          at least one
public record Result(Scenario scenario, List<Outcome> outcomes) {

  public Result {
    outcomes = List.copyOf(outcomes);
  }

  /// How one rule did.
  ///
  /// @param rolledBack
  ///          runs with a roll back after the onset
  /// @param early
  ///          runs with one before it
  /// @param delay
  ///          minutes from the onset to the roll back
  /// @param requests
  ///          canary requests in that time
  /// @param faults
  ///          mean errors that the bad version caused until the roll back, or until the end
  public record Detection(Share rolledBack, int early, Quantiles delay, Quantiles requests, double faults) {

    /// Runs that ended without a roll back.
    public int missed() {
      return rolledBack.n() - rolledBack.hits() - early;
    }
  }

  /// Median and 95 % quantile over all runs. What did not happen counts as infinitely late.
  public record Quantiles(double median, double p95) {

    static Quantiles of(double[] values, int runs) {
      var sorted = values.clone();
      Arrays.sort(sorted);
      return new Quantiles(quantile(sorted, runs, 0.5), quantile(sorted, runs, 0.95));
    }

    private static double quantile(double[] sorted, int runs, double share) {
      int rank = (int) Math.ceil(share * runs);
      return rank <= sorted.length ? sorted[rank - 1] : Double.POSITIVE_INFINITY;
    }
  }

  /// The judge.
  public Detection judge() {
    return detection(outcomes.stream().map(Outcome::judge).toList());
  }

  /// Another rule by its index.
  public Detection rule(int index) {
    return detection(outcomes.stream().map(outcome -> outcome.rules().get(index)).toList());
  }

  /// Minutes until the judge first let the step pass.
  public Quantiles advanced() {
    return Quantiles.of(outcomes.stream().mapToInt(Outcome::advanced).filter(window -> window > 0)
        .mapToDouble(Result::minutes).toArray(), outcomes.size());
  }

  /// Runs in which the judge let the step pass.
  public Share passed() {
    return new Share((int) outcomes.stream().filter(outcome -> outcome.advanced() > 0).count(), outcomes.size());
  }

  /// Runs in which the judge held because one of several canary pods is bad.
  public Share held() {
    return new Share((int) outcomes.stream().filter(Outcome::held).count(), outcomes.size());
  }

  /// Runs in which the stable pods were found to differ by more than the judge assumes.
  public Share suspected() {
    return new Share((int) outcomes.stream().filter(Outcome::suspected).count(), outcomes.size());
  }

  /// Roll backs of the judge that name only what is worse, out of those that name something; not a number when
  /// none does.
  public double rightBlame() {
    long right = outcomes.stream().filter(outcome -> outcome.blame() == Outcome.Blame.RIGHT).count();
    long wrong = outcomes.stream().filter(outcome -> outcome.blame() == Outcome.Blame.WRONG).count();
    return right + wrong == 0 ? Double.NaN : (double) right / (right + wrong);
  }

  private Detection detection(List<Stop> stops) {
    var hits = stops.stream().filter(Stop::rolledBack).filter(stop -> delay(stop) > 0).toList();
    int early = (int) stops.stream().filter(Stop::rolledBack).count() - hits.size();
    return new Detection(new Share(hits.size(), stops.size()), early,
        Quantiles.of(numbers(hits, this::delay), stops.size()),
        Quantiles.of(numbers(hits, Stop::canaryRequests), stops.size()),
        stops.stream().mapToLong(Stop::faults).average().orElse(0));
  }

  private static double[] numbers(List<Stop> stops, ToDoubleFunction<Stop> number) {
    return stops.stream().mapToDouble(number).toArray();
  }

  private double delay(Stop stop) {
    return minutes(stop.window()) - scenario.onset();
  }

  private static double minutes(int windows) {
    return (double) windows / Course.PER_MINUTE;
  }
}
