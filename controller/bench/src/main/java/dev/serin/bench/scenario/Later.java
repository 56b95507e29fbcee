package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import java.util.Arrays;

/// Errors that a cause has set off and that show in this window or a later one.
final class Later {

  /// Windows ahead; nothing echoes for three hours.
  private static final int AHEAD = 1024;
  private static final double WINDOW_SECONDS = Course.WINDOW_SECONDS;

  private final int[][] waiting = new int[AHEAD][];
  private final int[] sizes = new int[AHEAD];
  private int now;

  /// Adds one event.
  ///
  /// @param seconds
  ///          after the begin of the current window, at least 0
  void add(double seconds, int pod, int signature) {
    int ahead = (int) (seconds / WINDOW_SECONDS);
    if (ahead >= AHEAD) {
      return;
    }
    int slot = (now + ahead) % AHEAD;
    if (waiting[slot] == null) {
      waiting[slot] = new int[8];
    } else if (sizes[slot] == waiting[slot].length) {
      waiting[slot] = Arrays.copyOf(waiting[slot], 2 * sizes[slot]);
    }
    waiting[slot][sizes[slot]++] = pod * WindowCounts.SIGNATURES + signature;
  }

  /// Moves the current window's events there and goes on to the next window.
  void release(WindowCounts out) {
    for (int i = 0; i < sizes[now]; i++) {
      int event = waiting[now][i];
      out.add(event / WindowCounts.SIGNATURES, event % WindowCounts.SIGNATURES, 1);
    }
    sizes[now] = 0;
    now = (now + 1) % AHEAD;
  }

  /// What one first error sets off on its own pod.
  sealed interface Echo {

    /// Mean number of events, the first one included.
    double mean();

    /// Adds them all, the first one at `seconds`.
    void draw(Later later, double seconds, int pod, int signature, Draws draws);
  }

  /// Self-exciting retries (a Hawkes process): each event sets off a Poisson number of further ones.
  ///
  /// @param branching
  ///          mean number that one event sets off, above 0, below 1
  /// @param delay
  ///          mean seconds from an event to each that it sets off, exponential
  record Retries(double branching, double delay) implements Echo {
    @Override
    public double mean() {
      return 1 / (1 - branching);
    }

    @Override
    public void draw(Later later, double seconds, int pod, int signature, Draws draws) {
      later.add(seconds, pod, signature);
      int children = draws.poisson(branching);
      for (int i = 0; i < children; i++) {
        draw(later, seconds + draws.exponential(delay), pod, signature, draws);
      }
    }
  }

  /// An incident with a geometric number of repeats at any time of its duration.
  ///
  /// @param mean
  ///          mean number of events
  /// @param duration
  ///          seconds
  record Storm(double mean, double duration) implements Echo {
    @Override
    public void draw(Later later, double seconds, int pod, int signature, Draws draws) {
      int size = draws.geometric(mean);
      later.add(seconds, pod, signature);
      for (int i = 1; i < size; i++) {
        later.add(seconds + draws.uniform(0, duration), pod, signature);
      }
    }
  }
}
