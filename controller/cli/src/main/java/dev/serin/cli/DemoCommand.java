package dev.serin.cli;

import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioException;
import dev.serin.sandbox.scenario.ScenarioParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
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

  private static final long MAX_BYTES = 1 << 20;

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
      return ScenarioParser.parse(scenarioFile == null ? shipped() : read(scenarioFile));
    } catch (ScenarioException e) {
      throw usage(scenarioFile == null ? String.valueOf(e.getMessage()) : scenarioFile + ": " + e.getMessage());
    }
  }

  private String read(Path file) {
    try {
      if (!Files.exists(file)) {
        throw usage(file + ": does not exist; a relative path begins at " + Path.of("").toAbsolutePath());
      }
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        throw usage(file + ": must be a file of at most 1 MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException _) {
      throw usage(file + ": must be text in UTF-8");
    } catch (IOException e) {
      throw usage(file + ": cannot be read: " + e);
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
