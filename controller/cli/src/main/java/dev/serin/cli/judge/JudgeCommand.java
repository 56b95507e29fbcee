package dev.serin.cli.judge;

import dev.serin.cli.input.InputException;
import dev.serin.cli.input.TextFile;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `serin judge`.
@Command(name = "judge", mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n", exitCodeList = {
    "0:the input was judged to its end, or the verdict of the Analysis is reproduced",
    "1:the verdict of the Analysis is not reproduced", "2:the command line or the input is wrong"}, description = """
        Judges windows of counts, one JSON object per line, as the operator would: one line of JSON per run, at its \
        first RollBack or else at its end. docs/reference/judge.md describes input and output.""")
public final class JudgeCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = """
      Windows to judge; - or nothing reads standard input.""")
  private @Nullable Path file;

  @Option(names = "--policy", paramLabel = "FILE", description = """
      YAML with the fields of spec.analysis of a Rollout, and known, signatureWeights, minDuration, maxDuration, \
      deadline, advance. Without it every signature is novel and the defaults of a Rollout hold.""")
  private @Nullable Path policyFile;

  @Option(names = "--every-window", description = "Print a line for each window, not one for each run.")
  private boolean everyWindow;

  @Option(names = "--analysis", paramLabel = "FILE", description = """
      Instead of windows, judge a stored Analysis again (kubectl get analysis NAME -o yaml), and say whether its \
      verdict follows from its policy and evidence.""")
  private @Nullable Path analysisFile;

  @Override
  public Integer call() throws IOException {
    try {
      if (analysisFile == null) {
        judge();
        return 0;
      }
      if (file != null || policyFile != null || everyWindow) {
        throw new CommandLine.ParameterException(line(),
            "--analysis takes neither windows nor other options: an Analysis holds its policy");
      }
      return replay(analysisFile) ? 0 : 1;
    } catch (InputException e) {
      line().getErr().println(e.getMessage());
      line().getErr().flush();
      return CommandLine.ExitCode.USAGE;
    }
  }

  private void judge() throws IOException {
    RunPolicy policy = policyFile == null ? PolicyFile.usual() : TextFile.read(policyFile, PolicyFile::parse);
    PrintWriter out = new PrintWriter(new BufferedWriter(line().getOut()));
    try (InputStream in = input()) {
      new Runs(policy, everyWindow, report -> {
        out.println(ReportWriter.line(report));
        if (!everyWindow) {
          // Whoever follows a stream waits for this line.
          out.flush();
        }
      }).read(in);
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    } finally {
      out.flush();
    }
  }

  private boolean replay(Path stored) {
    AnalysisReplay replay = TextFile.read(stored, AnalysisReplay::of);
    replay.lines().forEach(line().getOut()::println);
    line().getOut().flush();
    return replay.reproduced();
  }

  private InputStream input() throws IOException {
    if (file == null || file.toString().equals("-")) {
      return new FileInputStream(FileDescriptor.in);
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new InputException(file + ": is no file that can be read; a relative path begins at "
          + Path.of("").toAbsolutePath());
    }
    return Files.newInputStream(file);
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
