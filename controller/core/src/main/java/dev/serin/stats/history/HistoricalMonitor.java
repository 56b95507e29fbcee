package dev.serin.stats.history;

import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetPrior;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The new version against the recorded rates of the old one, for all hypotheses at once: a fold over closed windows.
/// Immutable.
///
/// `G = Σ γE + 1 − Σ γ`, and it rolls back at [#logThreshold].
///
/// *Theorem.* If no hypothesis exceeds its margin, P(G ever reaches the threshold) ≤ α_h: each recorded rate is too low
/// with probability at most γα_h/2, together at most α_h/2 whatever the dependence; if none is, G is an e-process under
/// any dependence between hypotheses, and by Ville it reaches 2/α_h with probability at most α_h/2.
///
/// The hypotheses are fixed before the first window. A signature that appears later cannot have its own: without a second
/// arm, that it appeared at all is the evidence, and the first of very many possible ones always looks surprising. All of
/// them together are one hypothesis, whose record is the events of signatures that were first seen during the record.
///
/// Not guaranteed: stationary history. See [HistoryProcess] and [RecordedRate].
public final class HistoricalMonitor {

  /// Share of the error promise for everything after promotion that has no second arm.
  public static final double SHARE_OF_ALPHA = 0.2;

  /// What does not change from window to window.
  private record Plan(List<Recorded> hypotheses, List<RecordedRate> rates, OnsetPrior onset) {}

  private final Plan plan;
  private final long windows;
  private final List<HistoryProcess> processes;

  private HistoricalMonitor(Plan plan, long windows, List<HistoryProcess> processes) {
    this.plan = plan;
    this.windows = windows;
    this.processes = processes;
  }

  /// Before the first window.
  ///
  /// @param hypotheses
  ///          in an order that stays; their shares sum to at most 1
  /// @param alphaHistorical
  ///          `α_h`, above 0 and below 1
  public static HistoricalMonitor initial(List<Recorded> hypotheses, OnsetPrior onset, double alphaHistorical) {
    double sum = hypotheses.stream().mapToDouble(Recorded::share).sum();
    if (!(sum <= 1 + 1e-9)) {
      throw new IllegalArgumentException("shares must sum to at most 1, were " + sum);
    }
    var rates = hypotheses.stream().map(recorded -> RecordedRate.of(recorded.events(), recorded.exposure(),
        recorded.cap(), recorded.share() * alphaHistorical / 2)).toList();
    return new HistoricalMonitor(new Plan(List.copyOf(hypotheses), rates, onset), 0,
        hypotheses.stream().map(_ -> HistoryProcess.initial()).toList());
  }

  /// Folds one window of the new version.
  ///
  /// @param exposure
  ///          at least 0; a window without traffic says nothing
  /// @param events
  ///          of each hypothesis, in the order given
  public HistoricalMonitor after(double exposure, long... events) {
    if (events.length != processes.size()) {
      throw new IllegalArgumentException("needs " + processes.size() + " counts, were " + events.length);
    }
    double logOnset = plan.onset().logWeight(windows + 1);
    var next = new ArrayList<HistoryProcess>(events.length);
    for (int i = 0; i < events.length; i++) {
      next.add(processes.get(i).after(plan.hypotheses().get(i).grid(), plan.rates().get(i), events[i], exposure,
          logOnset));
    }
    return new HistoricalMonitor(plan, windows + 1, next);
  }

  /// `ln G`.
  public double logG() {
    var terms = new double[processes.size() + 1];
    double idle = 1;
    for (int i = 0; i < processes.size(); i++) {
      terms[i] = logTerm(i);
      idle -= plan.hypotheses().get(i).share();
    }
    terms[processes.size()] = StrictMath.log(Math.max(0, idle));
    return LogSum.of(terms);
  }

  /// `ln γE` of one hypothesis.
  ///
  /// @param index
  ///          its place in the order given, from 0
  public double logTerm(int index) {
    var hypothesis = plan.hypotheses().get(index);
    return StrictMath.log(hypothesis.share())
        + processes.get(index).logE(hypothesis.grid(), plan.onset().remaining(windows));
  }

  /// Where `ln G` rolls back: `ln(2/α_h)`.
  public static double logThreshold(double alphaHistorical) {
    return StrictMath.log(2 / alphaHistorical);
  }

  /// Bytes of [#write].
  public int bytes() {
    return Long.BYTES + processes.size() * HistoryProcess.BYTES;
  }

  /// Appends the state, bit for bit; hypotheses and prior belong to the policy.
  public void write(ByteBuffer out) {
    out.putLong(windows);
    processes.forEach(process -> process.write(out));
  }

  /// This monitor's hypotheses with the state that [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public HistoricalMonitor read(ByteBuffer in) {
    long count = in.getLong();
    if (count < 0) {
      throw new IllegalArgumentException("windows must be at least 0, were " + count);
    }
    return new HistoricalMonitor(plan, count, processes.stream().map(_ -> HistoryProcess.read(in)).toList());
  }
}
