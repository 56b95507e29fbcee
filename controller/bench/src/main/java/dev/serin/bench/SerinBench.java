package dev.serin.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `serin-bench`: measures judge and signatures. Not part of any release.
@Command(name = "serin-bench", description = "Measures judge and signatures.", subcommands = {ScenariosCommand.class,
    SignaturesCommand.class}, mixinStandardHelpOptions = true)
public final class SerinBench {

  private SerinBench() {}

  /// Runs a command and ends with its exit code: 0 for done, 2 for a wrong command line.
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SerinBench());
  }
}
