package dev.serin.plan;

import dev.serin.stats.AlphaShares;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.Thresholds;
import dev.serin.stats.trial.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When the judge's evidence against a fault is typically enough to roll back, in windows with the fault.
final class Detection {

  /// Slower ones are never found: a year of windows of 10 s.
  static final double NEVER = 3_153_600;

  /// The median of the time of the k-th event of a Poisson process is about k − 1/3 mean distances.
  private static final double MEDIAN = 1.0 / 3;
  /// Chance shortens the median: the largest of several ratios and signatures is felt first. Simulated rollouts of the
  /// judge with one canary pod have .87 to 1.1 of the typical path; with more pods, of which the one counts without which
  /// the least is left, 1 to 1.5.
  private static final double CHANCE = 0.92;
  private static final double CHANCE_APART = 1.12;

  private final Service service;
  private final Terms terms;

  Detection(Service service, Terms terms) {
    this.service = service;
    this.terms = terms;
  }

  /// A fault that is there from the first window.
  ///
  /// @return whole windows, at most [#NEVER]
  double fromStart(Weight weight, Fault fault) {
    return windows(weight, fault, TypicalFault::fromStart);
  }

  /// A fault that begins after `onset` at this weight.
  double afterOnset(Weight weight, Fault fault, Duration onset) {
    double logOnset = Thresholds.onset(terms.window()).logWeight(onset.dividedBy(terms.window()) + 1);
    return windows(weight, fault, (typical, windows) -> typical.afterOnset(windows, logOnset));
  }

  /// Windows in which a new canary is not judged yet.
  double warmup() {
    return terms.windows(terms.warmup());
  }

  /// When steps find a fault that is there from the first window of the first one.
  ///
  /// @param faults
  ///          the same fault at the weight of each step
  /// @param lengths
  ///          windows of each step
  /// @return windows with pods that are judged, above their sum if it is not found
  double found(List<TypicalFault> faults, double[] lengths) {
    double past = 0;
    for (int i = 0; i < lengths.length; i++) {
      var typical = faults.get(i).after(faults.subList(0, i), lengths);
      double needed = typical.windows(typical::fromStart);
      if (needed <= lengths[i]) {
        return past + Math.ceil(needed);
      }
      past += lengths[i];
    }
    return past + 1;
  }

  /// All evidence against a fault at a weight.
  TypicalFault typical(Weight weight, Fault fault) {
    var load = load(weight);
    var decisive = decisive(load);
    var main = new ArrayList<TypicalPath>();
    var cautious = new ArrayList<TypicalPath>();
    for (var own : hypotheses(fault)) {
      double burst = Clustering.burst(load, own.usual(), own.faulty());
      main.add(TypicalPath.of(own.grid(), own.share(), decisive, own.usual(), own.faulty(),
          Clustering.isCalibrated(service, own.usual()) ? 1 : burst));
      cautious.add(TypicalPath.of(own.grid(), own.share(), load, own.usual(), own.faulty(), burst));
    }
    double perWindow = load.canary() * (fault.faulty() - terms.maxIncrease() * fault.usual());
    return new TypicalFault(main, cautious, -StrictMath.log(terms.concurrentAlpha()),
        perWindow > 0 ? Thresholds.EXCESS / perWindow : NEVER, load.canaryPods() == 1 ? CHANCE : CHANCE_APART);
  }

  /// Without one of several canary pods the evidence must be enough too.
  private static Load decisive(Load load) {
    int buckets = Math.min(load.canaryPods(), Split.BUCKETS);
    return buckets == 1 ? load : load.withCanary(load.canary() * (buckets - 1) / buckets);
  }

  private record Hypothesis(RatioGrid grid, double share, double usual, double faulty) {}

  /// A fault speaks for itself and, as every fault is also one of all errors together, for those.
  private List<Hypothesis> hypotheses(Fault fault) {
    double margin = terms.maxIncrease();
    var uniform = RatioGrid.uniform(margin);
    var own = new Hypothesis(fault.novel() ? RatioGrid.novel(margin) : uniform, fault.share(), fault.usual(),
        fault.faulty());
    return fault.usual() < service.errorRate()
        ? List.of(own, new Hypothesis(uniform, AlphaShares.TOTAL, service.errorRate(),
            Math.min(1, service.errorRate() + fault.added())))
        : List.of(own);
  }

  /// Events of a window of good arms, after tempering.
  double countedEvents(double rate, Load load) {
    return TypicalPath.countedEvents(rate * (load.canary() + load.baseline()),
        Clustering.isCalibrated(service, rate) ? 1 : Clustering.burst(load, rate, rate));
  }

  /// Requests of a window.
  Load load(Weight weight) {
    double all = service.requestsPerMinute() / terms.windowsPerMinute();
    double share = weight.partsPerMillion() / 1e6;
    return new Load(all * share, all * (1 - share), ReplicaRatio.canaryPods(weight, service.stablePods()),
        service.stablePods());
  }

  /// Windows in a time.
  double windows(Duration time) {
    return terms.windows(time);
  }

  /// Time of windows.
  Duration time(double windows) {
    return terms.time(windows);
  }

  private double windows(Weight weight, Fault fault, TypicalFault.Evidence evidence) {
    var typical = typical(weight, fault);
    double windows = typical.windows(windowsNow -> evidence.of(typical, windowsNow));
    if (fault.novel() && windows < NEVER) {
      windows = wholeEvents(decisive(load(weight)).canary() * fault.faulty(), typical.withoutChance(windows));
    }
    return Math.min(NEVER, Math.ceil(windows));
  }

  /// A signature that stable never shows needs a whole number of events, which come by chance.
  private static double wholeEvents(double perWindow, double windows) {
    return (Math.ceil(windows * perWindow - 1e-9) - MEDIAN) / perWindow;
  }
}
