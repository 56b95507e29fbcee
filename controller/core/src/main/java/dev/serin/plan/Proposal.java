package dev.serin.plan;

import dev.serin.stats.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Steps for a time limit: of all ways to spend it, the one that typically lets the fewest requests fail.
///
/// Candidates are one to four rising weights. Each step stays at least as long as a good version needs to pass it; what is
/// left of the limit goes to one of the steps. The last one has at least a quarter of the traffic, or what comes nearest
/// to it: a small share never meets the faults that come with load. A way counts only if the fault is typically found
/// before its end, because afterwards all requests meet it. Its harm is that of two faults, each there from the first window: the one asked for,
/// and a canary that fails every request, which a hard guard ends.
///
/// @param steps
///          the steps
/// @param time
///          how long a good version typically takes
/// @param found
///          when the fault is typically found
/// @param harm
///          canary requests that fail because of it until then
public record Proposal(List<PlannedStep> steps, Duration time, Duration found, double harm) {

  private static final int MOST_STEPS = 4;
  private static final Weight LEAST_LAST = new Weight(250_000);
  private static final Duration LEAST_STEP = Duration.ofMinutes(2);
  private static final Duration LEAST_MAX = Duration.ofMinutes(30);
  private static final int MAX_FACTOR = 4;

  public Proposal {
    steps = List.copyOf(steps);
  }

  /// Searches steps.
  ///
  /// @param fault
  ///          to be found
  /// @param candidates
  ///          weights that can be set, each above 0 % and below 100 %
  /// @param within
  ///          time that a good version may typically take
  /// @return empty if no way finds the fault and lets a good version pass in time
  static Optional<Proposal> of(Detection detection, Planner planner, Fault fault, List<Weight> candidates,
      Duration within) {
    var rungs = candidates.stream().distinct().sorted()
        .map(weight -> new Rung(weight, detection, fault, planner.advancing(weight).unsuspected())).toList();
    var ways = new ArrayList<List<Rung>>();
    subsets(rungs, 0, List.of(), ways);
    var last = rungs.stream().map(Rung::weight).filter(weight -> weight.compareTo(LEAST_LAST) >= 0).findFirst()
        .orElse(rungs.getLast().weight());
    return ways.stream().filter(way -> way.getLast().weight().compareTo(last) >= 0)
        .flatMap(way -> proposals(detection, way, within).stream())
        .min(Comparator.comparingDouble(Way::harm).thenComparingInt(way -> way.steps().size()))
        .map(Way::proposal);
  }

  /// One weight with what is known of it.
  private record Rung(Weight weight, TypicalFault evidence, double canary, double added, Duration needed) {

    Rung(Weight weight, Detection detection, Fault fault, Duration passing) {
      this(weight, detection.typical(weight, fault), detection.load(weight).canary(), fault.added(),
          passing.compareTo(LEAST_STEP) < 0 ? LEAST_STEP : passing);
    }
  }

  private record Way(List<PlannedStep> steps, Duration time, Duration found, double failing, double outage) {

    double harm() {
      return failing + outage;
    }

    Proposal proposal() {
      return new Proposal(steps, time, found, failing);
    }
  }

  private static void subsets(List<Rung> rungs, int from, List<Rung> chosen, List<List<Rung>> all) {
    if (!chosen.isEmpty()) {
      all.add(chosen);
    }
    for (int i = from; i < rungs.size() && chosen.size() < MOST_STEPS; i++) {
      var more = new ArrayList<>(chosen);
      more.add(rungs.get(i));
      subsets(rungs, i + 1, more, all);
    }
  }

  private static List<Way> proposals(Detection detection, List<Rung> way, Duration within) {
    var needed = way.stream().map(Rung::needed).reduce(Duration.ZERO, Duration::plus);
    var left = within.minus(needed);
    var ways = new ArrayList<Way>();
    for (int longest = 0; longest < way.size() && !left.isNegative(); longest++) {
      var times = new ArrayList<Duration>();
      for (int i = 0; i < way.size(); i++) {
        times.add(way.get(i).needed().plus(i == longest ? left : Duration.ZERO));
      }
      way(detection, way, times).ifPresent(ways::add);
    }
    return ways;
  }

  private static Optional<Way> way(Detection detection, List<Rung> rungs, List<Duration> times) {
    var windows = times.stream().mapToDouble(detection::windows).toArray();
    // While the pods of a step warm up, those of the step before are judged: all evidence comes later by that time.
    var judged = windows.clone();
    judged[judged.length - 1] -= detection.warmup();
    double found = detection.warmup() + detection.found(rungs.stream().map(Rung::evidence).toList(), judged);
    double canary = 0;
    double past = 0;
    for (int i = 0; i < windows.length; i++) {
      canary += rungs.get(i).canary() * Math.clamp(found - past, 0, windows[i]);
      past += windows[i];
    }
    if (found > past) {
      return Optional.empty();
    }
    double first = rungs.getFirst().canary();
    double outage = first * Math.ceil(Thresholds.ALL_FAIL_REQUESTS / first);
    return Optional.of(new Way(steps(rungs, times), times.stream().reduce(Duration.ZERO, Duration::plus),
        detection.time(found), canary * rungs.getFirst().added(), outage));
  }

  private static List<PlannedStep> steps(List<Rung> rungs, List<Duration> times) {
    var steps = new ArrayList<PlannedStep>();
    for (int i = 0; i < times.size(); i++) {
      var min = Duration.ofMinutes(times.get(i).toMinutes());
      var most = rungs.get(i).needed().multipliedBy(MAX_FACTOR);
      var max = most.compareTo(LEAST_MAX) < 0 ? LEAST_MAX : most;
      steps.add(new PlannedStep(rungs.get(i).weight(), min,
          Duration.ofMinutes((min.compareTo(max) > 0 ? min : max).toMinutes()), false));
    }
    return steps;
  }
}
