package dev.serin.cli.signatures;

import dev.serin.cli.input.InputException;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `serin signatures`.
@Command(name = "signatures", mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n", exitCodeList = {
    "0:the logs were read to their end",
    "2:the command line is wrong, or a log could not be read to its end"}, description = """
        Names every kind of error in log files, counts it, and compares two logs. No raw value of a log is shown. \
        docs/reference/signatures.md describes input and output.""")
public final class SignaturesCommand implements Callable<Integer> {

  private static final int ARMS = 2;

  /// How the signatures are written.
  enum Output {
    TABLE, JSON
  }

  @Spec
  private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = """
      Logs, plain or gzip; - or nothing reads standard input.""")
  private List<Path> files = List.of();

  @Option(names = "--compare", description = """
      Compare two logs: the canary's first, then stable's.""")
  private boolean compare;

  @Option(names = "--all", description = """
      Count every record, not only those of trouble.""")
  private boolean all;

  @Option(names = "--lines", description = """
      Print ID, tab and template of every record.""")
  private boolean lines;

  @Option(names = "--atoms", description = """
      Do not unite what differs in names only.""")
  private boolean atoms;

  @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "record", description = """
      record, or message: each line is a bare message, and all of them count (${DEFAULT-VALUE}).""")
  private LogReader.Format format = LogReader.Format.RECORD;

  @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = """
      table or json (${DEFAULT-VALUE}).""")
  private Output output = Output.TABLE;

  @Override
  public Integer call() {
    PrintWriter out = new PrintWriter(new BufferedWriter(line().getOut()));
    try {
      check();
      List<LogInput> inputs = (files.isEmpty() ? List.of(Path.of("-")) : files).stream().map(LogInput::new).toList();
      return ended(lines ? names(inputs, out) : tally(inputs, out), out);
    } catch (InputException e) {
      return ended(List.of(e.getMessage()), out);
    } catch (LineNames.NobodyReads _) {
      return CommandLine.ExitCode.OK;
    }
  }

  private void check() {
    if (compare && files.size() != ARMS) {
      throw new ParameterException(line(), "--compare takes two logs, the canary's and stable's, but "
          + files.size() + (files.size() == 1 ? " was" : " were") + " given");
    }
    if (files.stream().filter(Path.of("-")::equals).count() > 1) {
      throw new ParameterException(line(), "standard input can be read only once");
    }
    if (lines && (compare || all || output != Output.TABLE)) {
      throw new ParameterException(line(),
          "--lines prints every record as text: it excludes --compare, --all and -o json");
    }
  }

  private List<String> names(List<LogInput> inputs, PrintWriter out) {
    LineNames names = new LineNames(format, out);
    return atoms ? names.atoms(inputs) : names.groups(inputs);
  }

  private List<String> tally(List<LogInput> inputs, PrintWriter out) {
    Tally tally = new Tally(compare ? ARMS : 1, all || format == LogReader.Format.MESSAGE);
    LogReader reader = new LogReader(format);
    reader.read(inputs, (record, place) -> tally.count(compare ? place.input() : 0, record, place));
    Report report = new Report(inputs, reader.lines(), tally, atoms ? tally.atoms() : tally.groups());
    if (compare) {
      Comparison comparison = Comparison.of(tally, report.rows());
      switch (output) {
        case TABLE -> SignatureTable.write(report, comparison, out);
        case JSON -> out.print(SignatureJson.text(report, comparison));
      }
    } else {
      switch (output) {
        case TABLE -> SignatureTable.write(report, out);
        case JSON -> out.print(SignatureJson.text(report));
      }
    }
    return reader.problems();
  }

  private int ended(List<String> problems, PrintWriter out) {
    out.flush();
    problems.forEach(line().getErr()::println);
    line().getErr().flush();
    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
