package dev.serin.bench.report;

import static dev.serin.bench.report.Table.count;
import static dev.serin.bench.report.Table.minutes;
import static dev.serin.bench.report.Table.percent;
import static dev.serin.bench.report.Table.ratio;

import dev.serin.bench.report.Result.Detection;
import dev.serin.bench.rule.Rules;
import dev.serin.bench.run.JudgedRollout;
import dev.serin.bench.run.Restarts;
import dev.serin.bench.scenario.Information;
import dev.serin.bench.scenario.Scenario;
import dev.serin.bench.scenario.Scenario.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The benchmark as a page.
///
/// @param run
///          how it was made
/// @param rules
///          the rules beside the judge, in the order of the outcomes
/// @param results
///          by scenario
/// @param restarts
///          the runs with killed controllers, by scenario
public record Report(Run run, List<Rules.Named> rules, List<Result> results, Map<String, Restarts> restarts) {

  private static final String NOT_APPLICABLE = "n/a";

  /// How a benchmark was made.
  ///
  /// @param command
  ///          as a person types it
  /// @param seed
  ///          of all chance
  /// @param minutes
  ///          length of a run
  /// @param took
  ///          minutes that all of it took
  /// @param threads
  ///          runs at a time
  /// @param origin
  ///          code and machine
  public record Run(String command, long seed, int minutes, double took, int threads, Origin origin) {}

  public Report {
    rules = List.copyOf(rules);
    results = List.copyOf(results);
    restarts = Map.copyOf(restarts);
  }

  /// The page in Markdown.
  public String markdown() {
    var page = new StringBuilder(introduction());
    if (!of(Family.GOOD).isEmpty()) {
      page.append(good());
    }
    if (!of(Family.BAD).isEmpty()) {
      page.append(bad());
    }
    return page.append(restarted()).append(ruleList()).toString();
  }

  private String introduction() {
    return """
        # How often and how fast the judge is right

        Simulated rollouts with known truth, judged by Serin and by the rules of other tools, all with the same counts.
        Written by `serin-bench`; do not edit. [What is simulated, and how to run it](README.md).

        - Command: `%s`
        - Commit: %s
        - Machine: %s; %d threads, %.0f minutes
        - Seed %d; %d minutes with the canary after 60 minutes of stable alone; 12,000 requests per minute, 5 %% of them to
          the canary, 20 pods of the same size unless a scenario says otherwise; windows of 10 s
        - Promise of the judge: α = %s for the whole rollout, of which 0.8 are spent here (evidence of %.0f rolls back)
        - Intervals are the exact 95 %% intervals of Clopper and Pearson. A dash is a median that was not reached.

        """
        .formatted(run.command(), run.origin().commit(), run.origin().machine(), run.threads(), run.took(),
            run.seed(), run.minutes(), JudgedRollout.ALPHA, 1 / (0.8 * JudgedRollout.ALPHA));
  }

  private String good() {
    var table = new Table(List.of("", "What happens", "Runs", "Rolled back", "95 % interval", "Held for one bad pod",
        "Model suspected", "First step passed after", "95 % of them after", "Never passed"));
    for (var result : of(Family.GOOD)) {
      var judge = result.judge().rolledBack();
      table.row(List.of(result.scenario().id(), result.scenario().text(), count(judge.n()), percent(judge.value()),
          percent(judge.low()) + " … " + percent(judge.high()), percent(result.held().value()),
          percent(result.suspected().value()),
          minutes(result.advanced().median()), minutes(result.advanced().p95()), percent(1 - result.passed().value())));
    }
    return """
        ## Good versions

        A roll back is false here. In A5, A6, A6x and A6o the only canary pod is the odd pod in 5 % of the runs, and no
        comparison of one pod with others can tell that from a bad version: they have a floor of 5 %.

        """ + table + "\nRolled back by every rule, in per cent of the runs:\n\n" + sideBySide(Family.GOOD)
        + "\n![False roll backs](judge-good.png)\n\n";
  }

  private String bad() {
    var table = new Table(List.of("", "What is wrong", "Rolled back", "95 % interval", "Missed", "Too early",
        "Median", "95 %", "Median requests", "95 %", "Bound", "Median by bound", "Failed requests", "Right blame",
        "Passed a step first"));
    for (var result : of(Family.BAD)) {
      var judge = result.judge();
      double bound = Information.canaryRequests(result.scenario(), JudgedRollout.ALPHA);
      table.row(List.of(result.scenario().id(), result.scenario().text(), percent(judge.rolledBack().value()),
          percent(judge.rolledBack().low()) + " … " + percent(judge.rolledBack().high()), count(judge.missed()),
          count(judge.early()), minutes(judge.delay().median()), minutes(judge.delay().p95()),
          count(judge.requests().median()), count(judge.requests().p95()), count(bound),
          ratio(judge.requests().median() / bound), count(judge.faults()), percent(result.rightBlame()),
          percent(result.passed().value())));
    }
    return """
        ## Bad versions

        %s runs each. Delays count from the onset of the fault, in minutes and in canary requests. The bound is the number of
        canary requests that the best test of level %s needs in the mean when it knows both rates of every signature and
        sees a cluster of errors as one. Failed requests are those that a good version would not have failed, in the mean
        until the roll back. A blame is right when everything it names is worse on the canary.

        """
        .formatted(count(of(Family.BAD).getFirst().outcomes().size()), JudgedRollout.ALPHA) + table
        + "\nRolled back by every rule, in per cent of the runs, and after how many minutes in the median:\n\n"
        + sideBySide(Family.BAD) + "\n![Delays](judge-bad.png)\n\n";
  }

  private String sideBySide(Family family) {
    var table = new Table(Stream.concat(Stream.of("", "Serin"), rules.stream().map(Rules.Named::name)).toList());
    for (var result : of(family)) {
      var cells = new ArrayList<String>();
      cells.add(result.scenario().id());
      cells.add(cell(result.judge(), family));
      for (int i = 0; i < rules.size(); i++) {
        cells.add(applies(rules.get(i), result.scenario()) ? cell(result.rule(i), family) : NOT_APPLICABLE);
      }
      table.row(cells);
    }
    return table.toString();
  }

  static boolean applies(Rules.Named rule, Scenario scenario) {
    return !rule.needsFixedSplit() || !scenario.changesWeight();
  }

  private static String cell(Detection detection, Family family) {
    String share = ratio(100 * detection.rolledBack().value());
    return switch (family) {
      case GOOD -> share;
      case BAD -> share.replaceAll("\\.\\d+$", "") + " / " + minutes(detection.delay().median()).replace(" min", "");
    };
  }

  private String restarted() {
    var text = new StringBuilder("## Killed controllers\n\n");
    restarts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> text.append(String.format(
        Locale.ROOT,
        "- %s: %,d runs with %,d kills at random windows; %,d of them differ from the run without kills in a verdict or in "
            + "the last state%n",
        entry.getKey(), entry.getValue().runs(), entry.getValue().kills(), entry.getValue().different())));
    return text.append('\n').toString();
  }

  private String ruleList() {
    var text = new StringBuilder(
        "## The other rules\n\nAll at α = 0.01, on all errors, looking every minute, unless said.\n\n");
    rules.forEach(rule -> text.append("- **%s**: %s%n".formatted(rule.name(), rule.text())));
    return text.toString();
  }

  private List<Result> of(Family family) {
    return results.stream().filter(result -> result.scenario().family() == family).toList();
  }
}
