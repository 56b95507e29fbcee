package dev.serin.bench.run;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Course;
import dev.serin.bench.scenario.Scenario;
import dev.serin.judge.Verdict;

/// Runs in which the controller is killed at random windows, beside the same runs in which it is not.
///
/// @param runs
///          pairs of runs
/// @param kills
///          restarts in all of them
/// @param different
///          pairs whose verdicts or last states are not the same, bit for bit
public record Restarts(int runs, int kills, int different) {

  private static final double KILLED_PER_WINDOW = 0.02;

  /// Plays pairs of runs until the roll back or the end.
  ///
  /// @param minutes
  ///          length of a run from the start of the canary
  public static Restarts play(Scenario scenario, int runs, int minutes, long seed) {
    int kills = 0;
    int different = 0;
    for (int number = 0; number < runs; number++) {
      var course = scenario.course(Draws.of(seed, scenario.id(), number));
      var moments = Draws.of(seed, scenario.id() + " kills", number);
      var whole = new JudgedRollout(scenario.fleet().pods());
      var killed = new JudgedRollout(scenario.fleet().pods());
      boolean same = true;
      boolean over = false;
      for (int i = 0; i < Course.BURN_IN + minutes * Course.PER_MINUTE && !over; i++) {
        if (moments.uniform() < KILLED_PER_WINDOW) {
          killed.restart();
          kills++;
        }
        var counts = course.next();
        var verdict = whole.judge(counts, course.window());
        same &= verdict.equals(killed.judge(counts, course.window()));
        over = verdict instanceof Verdict.RollBack;
      }
      different += same && whole.state().equals(killed.state()) ? 0 : 1;
    }
    return new Restarts(runs, kills, different);
  }
}
