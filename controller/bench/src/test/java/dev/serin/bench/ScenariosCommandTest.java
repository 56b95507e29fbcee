package dev.serin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScenariosCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder = Path.of(".");

  @Test
  @DisplayName("The page names the command that made it, and holds the scenarios that were asked for")
  void writesThePage() throws IOException {
    int code = run("scenarios", "--runs", "2", "--bad-runs", "1", "--only", "B2,A1", "--minutes", "10", "--threads",
        "2",
        "--out", folder.resolve("pages").toString());

    var page = Files.readString(folder.resolve("pages/judge.md"));
    assertThat(code).isZero();
    assertThat(page).contains("- Command: `serin-bench scenarios --runs 2 --bad-runs 1 --only B2,A1 --minutes 10")
        .contains("\n| A1 | Poisson counts").contains("\n| B2 | all errors 5 times as often |")
        .doesNotContain("| A2 |");
    assertThat(folder.resolve("pages/judge-good.png")).exists();
    assertThat(out.toString()).contains("A1          2 runs,").contains("B2          1 runs,");
  }

  @Test
  @DisplayName("An unknown scenario and senseless numbers are refused with exit code 2")
  void refuses() {
    assertThat(run("scenarios", "--only", "A1,Z9")).isEqualTo(2);
    assertThat(err.toString()).contains("no scenario is named Z9; there are A1, A2,");
    assertThat(run("scenarios", "--runs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("runs and minutes must be at least 1");
  }

  private int run(String... args) {
    return SerinBench.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
  }

  @Test
  @DisplayName("Without a command the usage is shown")
  void usage() {
    assertThat(SerinBench.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("scenarios");
  }
}
