package dev.serin.bench.scenario;

import dev.serin.bench.draw.ClusterLaw;
import dev.serin.bench.scenario.Reach.Arms;
import dev.serin.bench.scenario.Scenario.Family;
import dev.serin.bench.scenario.Scenario.Setup;
import java.util.function.DoubleUnaryOperator;

/// The causes that several scenarios share.
final class Causes {

  private Causes() {}

  /// The usual errors on both arms.
  static Source usual(ClusterLaw law) {
    return new ClusterSource(Arms.EVERYWHERE, SignatureMix.USUAL, law, _ -> SignatureMix.USUAL_RATE, false);
  }

  /// One signature on some pods.
  static Source one(Reach reach, int signature, ClusterLaw law, DoubleUnaryOperator rate) {
    return new ClusterSource(reach, new SignatureMix.One(signature), law, rate, false);
  }

  /// All usual errors on some pods once more.
  static Source more(Reach reach, double factor) {
    return new ClusterSource(reach, SignatureMix.USUAL, ClusterLaw.SINGLE,
        _ -> (factor - 1) * SignatureMix.USUAL_RATE, false);
  }

  /// The canary has all usual errors `factor(t)` times as often.
  static Source worse(ClusterLaw law, DoubleUnaryOperator factor) {
    return new ClusterSource(Arms.CANARY, SignatureMix.USUAL, law,
        minute -> (factor.applyAsDouble(minute) - 1) * SignatureMix.USUAL_RATE, true);
  }

  /// The canary has one signature more often.
  static Source fault(int signature, DoubleUnaryOperator rate) {
    return new ClusterSource(Arms.CANARY, new SignatureMix.One(signature), ClusterLaw.SINGLE, rate, true);
  }

  /// A rate from a minute on.
  static DoubleUnaryOperator since(double begin, double rate) {
    return minute -> minute >= begin ? rate : 0;
  }

  /// A rate in the first minutes of every period.
  static DoubleUnaryOperator every(double period, double minutes, double rate) {
    return minute -> minute - period * Math.floor(minute / period) < minutes ? rate : 0;
  }

  static Scenario good(String id, String text, Fleet fleet, Traffic traffic, Setup setup) {
    return new Scenario(id, text, Family.GOOD, fleet, traffic, 0, setup);
  }

  static Scenario bad(String id, String text, Fleet fleet, double onset, Setup setup) {
    return new Scenario(id, text, Family.BAD, fleet, Traffic.STEADY, onset, setup);
  }
}
