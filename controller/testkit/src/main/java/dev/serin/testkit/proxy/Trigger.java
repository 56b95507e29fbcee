package dev.serin.testkit.proxy;

import java.util.function.Predicate;

/// When a fault happens.
public sealed interface Trigger {

  /// At the counted write of this place since the proxy was started, from 1.
  record Write(int index) implements Trigger {
    public Write {
      if (index < 1) {
        throw new IllegalArgumentException("writes are counted from 1, was " + index);
      }
    }
  }

  /// At the matching requests from `first` to `last`, counted from 1 since the fault was planned.
  record Matching(Predicate<Request> which, int first, int last) implements Trigger {
    public Matching {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("matches must be 1 <= first <= last, were " + first + ".." + last);
      }
    }
  }

  static Trigger write(int index) {
    return new Write(index);
  }

  static Trigger nth(int n, Predicate<Request> which) {
    return new Matching(which, n, n);
  }

  static Trigger each(Predicate<Request> which) {
    return new Matching(which, 1, Integer.MAX_VALUE);
  }
}
