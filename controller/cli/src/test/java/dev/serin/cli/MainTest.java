package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.sandbox.scenario.Outcome;
import dev.serin.sandbox.scenario.Push;
import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

  @TempDir
  private Path folder;

  @Test
  @DisplayName("A mistake in a scenario file ends with 2 and names file, place and change, before anything is started")
  void wrongScenario() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "name: x\nworklod: {}\n");

    Ended ended = run("demo", "--scenario", file.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(file + ": workload: is missing: add it");
  }

  @Test
  @DisplayName("A scenario file that is not there ends with 2, its name, and where a relative name begins")
  void noScenario() {
    Ended ended = run("demo", "--scenario", "nowhere/mine.yaml");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors())
        .startsWith("nowhere/mine.yaml: does not exist; a relative path begins at " + Path.of("").toAbsolutePath());
  }

  @Test
  @DisplayName("A scenario that is no file, too large, or no text ends with 2 and says what it must be")
  void unreadableScenario() throws Exception {
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[]{'n', 'a', (byte) 0xff, (byte) 0xfe});

    for (Path file : List.of(folder, large)) {
      Ended ended = run("demo", "--scenario", file.toString());
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors()).startsWith(file + ": must be a file of at most 1 MiB");
    }
    Ended ended = run("demo", "--scenario", binary.toString());
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(binary + ": must be text in UTF-8");
  }

  @ParameterizedTest(name = "serin {0}")
  @CsvSource(delimiter = '|', textBlock = """
      dmo             | Unmatched argument at index 0: 'dmo'                      | Did you mean: serin demo?
      demo --kep      | Unknown option: '--kep'                                   | Possible solutions: --keep
      demo --scenario | Missing required parameter for option '--scenario' (FILE) | Usage: serin demo
      demo mine.yaml  | Unmatched argument at index 1: 'mine.yaml'                | Usage: serin demo
      """)
  @DisplayName("A wrong command line ends with 2, and says what is wrong and what would be right")
  void wrongUsage(String arguments, String message, String right) {
    Ended ended = run(arguments.split(" ", -1));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(message).contains(right);
  }

  @Test
  @DisplayName("The shipped scenario is the story of the good and the bad version")
  void shipped() throws Exception {
    Scenario scenario = ScenarioParser.parse(DemoCommand.shipped());

    assertThat(scenario.load().requestsPerSecond()).isEqualTo(300);
    assertThat(scenario.load().tenants()).isEqualTo(200);
    assertThat(scenario.pushes()).extracting(Push::expect).containsExactly(Outcome.PROMOTED, Outcome.ROLLED_BACK);
  }

  private static Ended run(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(errors));
    return new Ended(line.execute(arguments), errors.toString());
  }

  private record Ended(int status, String errors) {}
}
