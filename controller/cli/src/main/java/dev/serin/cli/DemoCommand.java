package dev.serin.cli;

import dev.serin.cli.input.InputException;
import dev.serin.cli.input.TextFile;
import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `serin demo`.
@Command(name = "demo", mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n", exitCodeList = {
    "0:every push ended as the scenario expects", "1:one did not, or the demo broke off",
    "2:the command line or the scenario file is wrong"}, description = """
        Plays a scenario on a small cluster inside this process: real HTTP requests, real pod logs, the real operator. \
        Listens on 127.0.0.1 only.""")
final class DemoCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Option(names = "--scenario", paramLabel = "FILE", description = """
      Scenario to play instead of the one that comes with serin; docs/scenarios.md describes the format.""")
  private @Nullable Path scenarioFile;

  @Option(names = "--keep", description = """
      Keep cluster, operator and load running when the scenario is over, and say how to reach them with kubectl.""")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("serin-demo-");
    // Both are read when the first logger is made, which parsing the scenario does already.
    System.setProperty("serin.demo.log", folder.resolve("operator.log").toString());
    System.setProperty("logback.configurationFile", "logback-demo.xml");
    Scenario scenario = scenario();
    return new Demo(scenario, Terminal.ofProcess(), folder, Clock.systemUTC()).play(keep) ? 0 : 1;
  }

  private Scenario scenario() throws IOException {
    try {
      return scenarioFile == null
          ? ScenarioParser.parse(shipped())
          : TextFile.read(scenarioFile, ScenarioParser::parse);
    } catch (InputException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  static String shipped() throws IOException {
    try (InputStream in = Objects.requireNonNull(DemoCommand.class.getResourceAsStream("demo.yaml"), "demo.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
  }
}
