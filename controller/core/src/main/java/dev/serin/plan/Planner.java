package dev.serin.plan;

import dev.serin.stats.Thresholds;
import dev.serin.stats.bound.Contrast;
import dev.serin.stats.bound.DetectionBound;
import dev.serin.stats.bound.Divergence;
import dev.serin.stats.interval.NoEvents;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// Says beforehand what steps can do for a service: how soon faults are found, what they cost until then, and how long a
/// good version takes.
///
/// Times are medians for independent requests at constant rates; simulated rollouts of the judge stay within 30 % of
/// them. They begin with the warm-up of the step's pods, in which users meet a fault and the judge does not. Storms of retries, and faults that come and go, take longer.
public final class Planner {

  /// Beyond this the hard guards decide, without statistics.
  private static final double LARGEST_RATE = 0.5;
  private static final int MOST_CANDIDATES = 12;
  private static final double MEDIAN = 0.5;
  private static final double PRECISION = 1e-3;
  private static final Duration LATE = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Service service;
  private final Terms terms;
  private final Detection detection;

  public Planner(Service service, Terms terms) {
    this.service = service;
    this.terms = terms;
    this.detection = new Detection(service, terms);
  }

  /// What a fault comes to at a weight.
  ///
  /// @param weight
  ///          above 0 %, below 100 %
  public Forecast forecast(Weight weight, Fault fault) {
    double windows = detection.fromStart(weight, fault);
    double requests = windows < Detection.NEVER
        ? (detection.warmup() + windows) * detection.load(weight).canary()
        : Double.POSITIVE_INFINITY;
    var contrast = new Contrast(share(weight), fault.usual(), fault.faulty());
    return new Forecast(fault, warm(windows), requests, requests * fault.added(),
        DetectionBound.canaryRequests(contrast, DetectionBound.nats(terms.alpha())),
        // Its pods are warm. Silence costs nothing: a signature that was not there before is found as soon as one from the start.
        time(fault.novel() ? windows : detection.afterOnset(weight, fault, LATE)));
  }

  /// The lowest rate on the canary that is typically found in a time.
  ///
  /// @param fault
  ///          fault by its rate on the canary
  /// @param usual
  ///          rate on the baseline
  /// @return empty if not even a canary that fails half of its requests is found
  public OptionalDouble detectable(Weight weight, Duration within, DoubleFunction<Fault> fault, double usual) {
    double windows = terms.windows(within) - detection.warmup();
    if (usual >= LARGEST_RATE || detection.fromStart(weight, fault.apply(LARGEST_RATE)) > windows) {
      return OptionalDouble.empty();
    }
    double found = LARGEST_RATE;
    double missed = Math.max(usual, LARGEST_RATE * 1e-9);
    while (found / missed > 1 + PRECISION) {
      double middle = StrictMath.sqrt(found * missed);
      if (middle > usual && detection.fromStart(weight, fault.apply(middle)) <= windows) {
        found = middle;
      } else {
        missed = middle;
      }
    }
    return OptionalDouble.of(found);
  }

  /// How long a good canary takes at a weight, its warm-up included.
  public Advancing advancing(Weight weight) {
    double canary = detection.load(weight).canary();
    double enough = AdvanceNeeds.requests(service.errorRate());
    double unsuspected = Math.max((double) terms.minRequests(), enough) / canary;
    double median = Math.max((double) terms.minRequests() / canary, proof(weight));
    double mostly = service.errorRate() == 0 ? median : median * AdvanceNeeds.mostly(share(weight));
    return new Advancing(terms.warmup().plus(terms.time(unsuspected)), warm(median), warm(mostly));
  }

  /// Windows until the worst ratio is typically excluded.
  private double proof(Weight weight) {
    var load = detection.load(weight);
    // A canary without a single error is taken for proven after these.
    double faultless = NoEvents.requests(Thresholds.NEGLIGIBLE_PER_REQUEST, terms.proof().beta());
    if (StrictMath.exp(-faultless * service.errorRate()) >= MEDIAN) {
      return faultless / load.canary();
    }
    double w = share(weight);
    double ratio = terms.proof().worstRatio();
    double worst = ratio * w / (ratio * w + 1 - w);
    double events = detection.countedEvents(service.errorRate(), load);
    return DetectionBound.nats(terms.proof().beta()) / (events * Divergence.bernoulli(w, worst));
  }

  /// What each step can do for these faults, the first of which a step must find or else let a good version pass.
  ///
  /// @param faults
  ///          at least one
  public List<StepForecast> forecast(List<PlannedStep> steps, List<Fault> faults) {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> forecast(i + 1, steps.get(i), faults)).toList();
  }

  /// Steps that let the fewest requests fail within a time limit.
  ///
  /// @param fault
  ///          that must be found before all traffic goes to the new version
  /// @param candidates
  ///          weights that can be set, at most 12
  /// @param within
  ///          time that a good version may typically take
  /// @return empty if no steps find the fault in time
  public Optional<Proposal> propose(Fault fault, List<Weight> candidates, Duration within) {
    if (candidates.size() > MOST_CANDIDATES) {
      throw new IllegalArgumentException(
          "candidates must be at most " + MOST_CANDIDATES + ", were " + candidates.size());
    }
    return Proposal.of(detection, this, fault, candidates, within);
  }

  private StepForecast forecast(int number, PlannedStep step, List<Fault> faults) {
    var weight = step.weight();
    var forecasts = faults.stream().map(fault -> forecast(weight, fault)).toList();
    var advancing = advancing(weight);
    return new StepForecast(step, service.requestsPerMinute() * share(weight),
        detectable(weight, step.maxDuration(), service::totalAt, service.errorRate()),
        detectable(weight, step.maxDuration(), service::novel, 0), forecasts, advancing,
        refusal(number, step, forecasts.getFirst(), advancing));
  }

  private Optional<String> refusal(int number, PlannedStep step, Forecast target, Advancing advancing) {
    var most = step.maxDuration();
    if (target.time().filter(time -> time.compareTo(most) <= 0).isPresent()
        || advancing.unsuspected().compareTo(most) <= 0) {
      return Optional.empty();
    }
    var soonest = target.time().filter(time -> time.compareTo(advancing.unsuspected()) < 0)
        .orElse(advancing.unsuspected());
    return Optional.of(String.format(Locale.ROOT,
        "Step %d (%s, at most %s) can neither find a fault nor pass a good version in time: %s are found after %s, and a "
            + "good version passes after %s. Raise its weight, or its maxDuration to at least %s.",
        number, step.weight(), Times.text(most), target.fault().name(),
        target.time().map(Times::text).orElse("more than a year"), Times.text(advancing.unsuspected()),
        Times.text(roundedUp(soonest))));
  }

  private static Duration roundedUp(Duration time) {
    long minutes = time.dividedBy(MINUTE);
    return MINUTE.multipliedBy(time.equals(MINUTE.multipliedBy(minutes)) ? minutes : minutes + 1);
  }

  private Optional<Duration> time(double windows) {
    return windows < Detection.NEVER ? Optional.of(terms.time(windows)) : Optional.empty();
  }

  private Optional<Duration> warm(double windows) {
    return time(windows).map(terms.warmup()::plus);
  }

  private static double share(Weight weight) {
    return weight.partsPerMillion() / 1e6;
  }
}
