package dev.serin.cli;

import dev.serin.cli.judge.JudgeCommand;
import dev.serin.cli.plan.PlanCommand;
import dev.serin.cli.signatures.SignaturesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program `serin`.
@Command(name = "serin", description = "Canary releases judged by error signatures.", mixinStandardHelpOptions = true, version = "0.1.0-SNAPSHOT", subcommands = {
    DemoCommand.class, JudgeCommand.class, PlanCommand.class, SignaturesCommand.class})
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
