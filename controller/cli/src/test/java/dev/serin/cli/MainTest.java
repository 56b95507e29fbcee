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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  @DisplayName("A scenario file that is not there ends with 2 and its name")
  void noScenario() {
    Ended ended = run("demo", "--scenario", "/nowhere/mine.yaml");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith("/nowhere/mine.yaml: is no file");
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
