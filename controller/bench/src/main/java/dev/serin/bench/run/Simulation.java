package dev.serin.bench.run;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.rule.ArmCounts;
import dev.serin.bench.rule.RollBackRule;
import dev.serin.bench.rule.Rules;
import dev.serin.bench.run.Outcome.Blame;
import dev.serin.bench.run.Outcome.Stop;
import dev.serin.bench.scenario.Course;
import dev.serin.bench.scenario.Scenario;
import dev.serin.bench.scenario.WindowCounts;
import dev.serin.judge.Evidence;
import dev.serin.judge.Verdict;
import dev.serin.signature.SignatureId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays one run of a scenario to the judge and to the other rules, all with the same counts.
///
/// @param scenario
///          what is played
/// @param rules
///          the other rules; empty plays to the judge alone
/// @param minutes
///          length of the run from the start of the canary
/// @param guilty
///          what may be blamed
public record Simulation(Scenario scenario, List<Rules.Named> rules, int minutes, Set<SignatureId> guilty) {

  public Simulation {
    rules = List.copyOf(rules);
    guilty = Set.copyOf(guilty);
  }

  /// A simulation with what the scenario itself makes guilty; total errors are, as soon as any signature is.
  public static Simulation of(Scenario scenario, List<Rules.Named> rules, int minutes) {
    Set<SignatureId> guilty = scenario.guilty().stream().map(JudgedRollout::signature).collect(Collectors.toSet());
    if (!guilty.isEmpty()) {
      guilty.add(Evidence.TOTAL_ERRORS);
    }
    return new Simulation(scenario, rules, minutes, guilty);
  }

  /// Plays a run. The same seed and number give the same outcome.
  public Outcome run(long seed, int number) {
    return new Play(this, seed, number).run();
  }

  /// The state of a run.
  private static final class Play {

    private final Simulation simulation;
    private final Course course;
    private final JudgedRollout judge;
    private final @Nullable RollBackRule[] rules;
    private final @Nullable Stop[] stops;
    private final ArmCounts minute = new ArmCounts(WindowCounts.SIGNATURES);
    private final ArmCounts soFar = new ArmCounts(WindowCounts.SIGNATURES);
    private @Nullable Stop judged;
    private Blame blame = Blame.NONE;
    private int advanced;
    private boolean held;
    private long canaryRequests;
    private long faults;

    Play(Simulation simulation, long seed, int number) {
      this.simulation = simulation;
      var scenario = simulation.scenario();
      course = scenario.course(Draws.of(seed, scenario.id(), number));
      judge = new JudgedRollout(scenario.fleet().pods());
      int count = simulation.rules().size();
      rules = new RollBackRule[count];
      stops = new Stop[count];
      var setting = new Rules.Setting(simulation.minutes(), Draws.of(seed, scenario.id() + " rules", number));
      for (int i = 0; i < count; i++) {
        var named = simulation.rules().get(i);
        rules[i] = named.needsFixedSplit() && scenario.changesWeight() ? null : named.create().apply(setting);
      }
    }

    Outcome run() {
      int last = simulation.minutes() * Course.PER_MINUTE;
      for (int i = 0; i < Course.BURN_IN + last && !isOver(); i++) {
        var counts = course.next();
        int window = course.window();
        if (window >= 0) {
          count(counts);
        }
        if (judged == null) {
          judge(counts, window);
        }
        if (window >= 0 && (window + 1) % Course.PER_MINUTE == 0) {
          look((window + 1) / Course.PER_MINUTE);
        }
      }
      var rest = new Stop(0, canaryRequests, faults);
      var others = new ArrayList<Stop>();
      Arrays.stream(stops).forEach(stop -> others.add(stop == null ? rest : stop));
      return new Outcome(judged == null ? rest : judged, others, advanced, held, judge.modelSuspect(), blame);
    }

    /// With all rolled back, nothing more is to be seen.
    private boolean isOver() {
      return judged != null && Arrays.stream(stops).allMatch(stop -> stop != null);
    }

    private void count(WindowCounts counts) {
      boolean since = course.minute() >= simulation.scenario().onset();
      boolean complete = !counts.canaryMissing() && !counts.baselineMissing();
      int canary = counts.canaryPods();
      for (int pod = 0; pod < counts.pods(); pod++) {
        if (pod < canary && since) {
          canaryRequests += counts.requests(pod);
        }
        // Other tools are spared the lost metrics: how they read them is not their rule.
        if (complete) {
          add(counts, pod, pod < canary, pod >= canary && pod < 2 * canary);
        }
      }
      faults += counts.faultEvents();
    }

    private void add(WindowCounts counts, int pod, boolean canary, boolean peer) {
      long requests = counts.requests(pod);
      int total = counts.total(pod);
      if (canary) {
        minute.addCanary(requests, total);
      } else {
        minute.addBaseline(requests, total);
      }
      if (peer) {
        minute.addPeer(requests, total);
      }
      for (int signature = 0; total > 0 && signature < WindowCounts.SIGNATURES; signature++) {
        int count = counts.events(pod, signature);
        minute.addSignature(signature, canary ? count : 0, canary ? 0 : count);
      }
    }

    private void judge(WindowCounts counts, int window) {
      var verdict = judge.judge(counts, window);
      if (verdict instanceof Verdict.RollBack rollBack) {
        judged = new Stop(Math.max(1, window + 1), canaryRequests, faults);
        blame = blame(rollBack);
      } else if (verdict instanceof Verdict.Advance && advanced == 0) {
        advanced = window + 1;
      } else if (verdict instanceof Verdict.Hold(var reason, _, _)) {
        held |= reason == Verdict.HoldReason.ONE_BAD_POD;
      }
    }

    private Blame blame(Verdict.RollBack rollBack) {
      var named = rollBack.blamed().isEmpty()
          ? rollBack.suspects().stream().map(Verdict.Suspect::signature).limit(1).toList()
          : rollBack.blamed();
      if (named.isEmpty()) {
        return Blame.NONE;
      }
      return simulation.guilty().containsAll(named) ? Blame.RIGHT : Blame.WRONG;
    }

    private void look(int number) {
      soFar.add(minute);
      for (int i = 0; i < rules.length; i++) {
        var rule = rules[i];
        if (rule != null && stops[i] == null && minute.nc() > 0 && rule.rollsBack(number, minute, soFar)) {
          stops[i] = new Stop(number * Course.PER_MINUTE, canaryRequests, faults);
        }
      }
      minute.clear();
    }
  }
}
