package dev.serin.bench.scenario;

import java.util.List;

/// What is wrong with the measured counts. The errors themselves are not changed.
sealed interface Measurement {

  /// Nothing is wrong.
  Measurement EXACT = new Exact();

  /// Changes the counts of one window.
  void disturb(WindowCounts counts, double minute);

  record Exact() implements Measurement {
    @Override
    public void disturb(WindowCounts counts, double minute) {
      // Everything is measured as it happened.
    }
  }

  /// The canary's requests are counted too high or too low by one factor for the whole run.
  record Biased(double factor) implements Measurement {
    @Override
    public void disturb(WindowCounts counts, double minute) {
      for (int pod = 0; pod < counts.canaryPods(); pod++) {
        counts.measure(pod, factor);
      }
    }
  }

  /// The metrics of an arm cannot be read for a while.
  ///
  /// @param outages
  ///          when
  /// @param arms
  ///          for each outage 0: the canary's, 1: the baseline's, 2: both
  record Lost(Episodes outages, List<Integer> arms) implements Measurement {

    public Lost {
      arms = List.copyOf(arms);
    }

    @Override
    public void disturb(WindowCounts counts, double minute) {
      for (int i = 0; i < arms.size(); i++) {
        if (outages.all().get(i).share(minute, 0) > 0) {
          counts.lose(arms.get(i) != 1, arms.get(i) != 0);
        }
      }
    }
  }
}
