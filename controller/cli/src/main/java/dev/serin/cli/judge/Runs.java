package dev.serin.cli.judge;

import dev.serin.cli.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// All runs of one input, which may interleave. Memory is bounded for each open run; of a run that has ended only the
/// name is kept.
final class Runs {

  private final RunPolicy policy;
  private final boolean everyWindow;
  private final Consumer<RunReport> reports;
  private final Map<String, JudgedRun> open = new LinkedHashMap<>();
  private final Map<String, Long> ended = new HashMap<>();

  /// @param everyWindow
  ///          whether each window is reported, not each run once
  /// @param reports
  ///          takes what is to be said, as soon as it is known
  Runs(RunPolicy policy, boolean everyWindow, Consumer<RunReport> reports) {
    this.policy = policy;
    this.everyWindow = everyWindow;
    this.reports = reports;
  }

  /// Judges until the input ends; then every open run ends, in the order of their first windows.
  ///
  /// @throws InputException
  ///           at the first line that is wrong
  void read(InputStream in) throws IOException {
    LineSplitter lines = new LineSplitter(in);
    while (lines.next()) {
      switch (RunLineReader.read(lines)) {
        case RunLine.Counts counts -> take(counts);
        case RunLine.End end -> end(end);
      }
    }
    open.values().forEach(this::close);
  }

  private void take(RunLine.Counts line) {
    Long end = ended.get(line.run());
    if (end != null) {
      throw new InputException("line " + line.number() + ": run " + line.run() + " has ended in line " + end);
    }
    JudgedRun run = open.computeIfAbsent(line.run(), _ -> new JudgedRun(line, policy));
    boolean before = run.decided();
    run.take(line);
    if (!before && (everyWindow || run.decided())) {
      reports.accept(run.report());
    }
  }

  private void end(RunLine.End line) {
    JudgedRun run = open.remove(line.run());
    if (run == null) {
      Long end = ended.get(line.run());
      throw new InputException("line " + line.number() + ": run " + line.run()
          + (end == null ? " has no window" : " has ended in line " + end));
    }
    ended.put(line.run(), line.number());
    close(run);
  }

  private void close(JudgedRun run) {
    if (!everyWindow && !run.decided()) {
      reports.accept(run.report());
    }
  }
}
