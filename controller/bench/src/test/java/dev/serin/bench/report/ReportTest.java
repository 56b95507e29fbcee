package dev.serin.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.bench.rule.Rules;
import dev.serin.bench.run.Outcome;
import dev.serin.bench.run.Outcome.Blame;
import dev.serin.bench.run.Outcome.Stop;
import dev.serin.bench.run.Restarts;
import dev.serin.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Stop MISSED = new Stop(0, 18_000, 70);

  @Test
  @DisplayName("Clopper–Pearson intervals are R's binom.test, and end at 0 and 1")
  void intervals() {
    // R 4: binom.test(3, 20)$conf.int, binom.test(0, 500)$conf.int, binom.test(4, 4000)$conf.int
    var some = new Share(3, 20);

    assertThat(some.low()).isCloseTo(0.03207094, within(1e-8));
    assertThat(some.high()).isCloseTo(0.37892683, within(1e-8));
    assertThat(new Share(0, 500).low()).isZero();
    assertThat(new Share(0, 500).high()).isCloseTo(0.00735062, within(1e-8));
    assertThat(new Share(500, 500).high()).isEqualTo(1);
    assertThat(new Share(4, 4000).high()).isCloseTo(0.00255836, within(1e-7));
  }

  @Test
  @DisplayName("Quantiles are over all runs: what did not happen is infinitely late, what came before the onset is no success")
  void quantiles() {
    // B7 begins at minute 120: windows 726 and 780 are 1 and 10 minutes later, window 600 is too early.
    var result = new Result(Scenarios.named(List.of("B7")).getFirst(),
        List.of(outcome(new Stop(726, 600, 3)), outcome(new Stop(780, 6000, 30)), outcome(new Stop(600, 0, 0)),
            outcome(MISSED)));
    var judge = result.judge();

    assertThat(judge.rolledBack()).isEqualTo(new Share(2, 4));
    assertThat(judge.early()).isEqualTo(1);
    assertThat(judge.missed()).isEqualTo(1);
    assertThat(judge.delay().median()).isEqualTo(10);
    assertThat(judge.delay().p95()).isInfinite();
    assertThat(judge.requests().median()).isEqualTo(6000);
    assertThat(judge.faults()).isEqualTo((3 + 30 + 0 + 70) / 4.0);
  }

  @Test
  @DisplayName("The page has a row per scenario and a column per rule, and the plots are pictures")
  void page(@TempDir Path folder) throws IOException {
    var results = Scenarios.named(List.of("A1", "A3", "B1")).stream()
        .map(scenario -> new Result(scenario, List.of(outcome(new Stop(60, 6000, 12)), outcome(MISSED)))).toList();
    var run = new Report.Run("serin-bench scenarios", 1, 180, 3, 2, new Origin("abc", "a machine"));

    var page = new Report(run, Rules.all(), results, Map.of("B1", new Restarts(1, 7, 0))).markdown();
    new Plots(Rules.all(), results).write(folder);

    assertThat(page.lines()).contains(
        "| A1 | Poisson counts, both arms equal | 2 | 50.00 % | 1.26 % … 98.74 % | 0.00 % | 0.00 % | 5.0 min | 5.0 min |"
            + " 0.00 % |",
        "- B1: 1 runs with 7 kills at random windows; 0 of them differ from the run without kills in a verdict or in the last state");
    assertThat(page.lines().filter(line -> line.startsWith("| A3 | 50.00 |"))).singleElement().asString()
        .contains("| n/a |");
    assertThat(page.lines().filter(line -> line.startsWith("| B1 | 50 / 10.0 |"))).hasSize(1);
    assertThat(Files.size(folder.resolve("judge-good.png"))).isGreaterThan(5_000);
    assertThat(Files.size(folder.resolve("judge-bad.png"))).isGreaterThan(5_000);
  }

  private static Outcome outcome(Stop judge) {
    return new Outcome(judge, Collections.nCopies(Rules.all().size(), judge), 30, false, false, Blame.RIGHT);
  }
}
