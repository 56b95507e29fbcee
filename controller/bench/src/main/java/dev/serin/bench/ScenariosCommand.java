package dev.serin.bench;

import dev.serin.bench.report.Origin;
import dev.serin.bench.report.Plots;
import dev.serin.bench.report.Report;
import dev.serin.bench.report.Result;
import dev.serin.bench.rule.Rules;
import dev.serin.bench.run.Restarts;
import dev.serin.bench.run.Runner;
import dev.serin.bench.run.Simulation;
import dev.serin.bench.scenario.Scenario;
import dev.serin.bench.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Plays the scenarios and writes the page with its plots.
@Command(name = "scenarios", description = "Plays simulated rollouts and writes judge.md with its plots.", mixinStandardHelpOptions = true)
final class ScenariosCommand implements Callable<Integer> {

  /// Kills need a few runs only: one that differs is a fault.
  private static final int RUNS_PER_KILLED_RUN = 100;
  private static final List<String> KILLED = List.of("A2b", "B1");

  @Option(names = "--runs", defaultValue = "10000", description = "Runs of each good version; default ${DEFAULT-VALUE}.")
  private int runs;

  @Option(names = "--bad-runs", defaultValue = "0", description = "Runs of each bad version; default a fifth of --runs.")
  private int badRuns;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of all chance; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--only", split = ",", description = "Names of scenarios, such as A1,B2; default all.")
  private List<String> only = List.of();

  @Option(names = "--threads", defaultValue = "0", description = "Runs at a time; default one per core.")
  private int threads;

  @Option(names = "--minutes", defaultValue = "180", description = "Minutes with the canary; default ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(names = "--out", defaultValue = "docs/benchmarks", description = "Folder to write to; default ${DEFAULT-VALUE}.")
  private Path out = Path.of("docs/benchmarks");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var scenarios = scenarios();
    if (runs < 1 || badRuns < 0 || threads < 0 || minutes < 1) {
      throw new ParameterException(spec.commandLine(),
          "runs and minutes must be at least 1, bad runs and threads at least 0");
    }
    long started = System.nanoTime();
    int atATime = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    var rules = Rules.all();
    var results = new ArrayList<Result>();
    var log = spec.commandLine().getOut();
    for (var scenario : scenarios) {
      results.add(play(scenario, rules, atATime, log));
    }
    var run = new Report.Run(command(), seed, minutes, since(started), atATime, Origin.here());
    Files.createDirectories(out);
    Files.writeString(out.resolve("judge.md"), new Report(run, rules, results, restarts(scenarios)).markdown());
    new Plots(rules, results).write(out);
    log.printf(Locale.ROOT, "%.1f minutes; %s%n", since(started), out.resolve("judge.md"));
    return 0;
  }

  private List<Scenario> scenarios() {
    try {
      return only.isEmpty() ? Scenarios.all() : Scenarios.named(only);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Result play(Scenario scenario, List<Rules.Named> rules, int atATime, PrintWriter log)
      throws InterruptedException {
    long started = System.nanoTime();
    int count = switch (scenario.family()) {
      case GOOD -> runs;
      case BAD -> badRuns == 0 ? Math.max(1, runs / 5) : badRuns;
    };
    var result = new Result(scenario, Runner.play(Simulation.of(scenario, rules, minutes), count, seed, atATime));
    var judge = result.judge();
    log.printf(Locale.ROOT, "%-6s %6d runs, %6.2f %% rolled back%s; took %.1f min%n", scenario.id(), count,
        100 * judge.rolledBack().value(), switch (scenario.family()) {
          case GOOD -> "";
          case BAD -> String.format(Locale.ROOT, ", median %.1f min, 95 %% %.1f min", judge.delay().median(),
              judge.delay().p95());
        }, since(started));
    log.flush();
    return result;
  }

  private Map<String, Restarts> restarts(List<Scenario> scenarios) {
    var all = new LinkedHashMap<String, Restarts>();
    int pairs = Math.max(1, runs / RUNS_PER_KILLED_RUN);
    scenarios.stream().filter(scenario -> KILLED.contains(scenario.id()))
        .forEach(scenario -> all.put(scenario.id(), Restarts.play(scenario, pairs, minutes, seed)));
    return all;
  }

  private String command() {
    return "serin-bench " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
  }

  private static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) / (double) TimeUnit.MINUTES.toNanos(1);
  }
}
