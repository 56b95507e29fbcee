package dev.serin.cli.judge;

import dev.serin.cli.input.InputException;
import dev.serin.judge.PodCounts;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One line of NDJSON while it is read.
final class RunLineReader implements JsonLine.LineReader {

  private static final Set<String> FIELDS = new LinkedHashSet<>(
      List.of("run", "window", "seconds", "burnIn", "canary", "baseline", "complete", "end"));

  private final Set<String> seen = new HashSet<>();
  private String run = "";
  private long window;
  private long seconds;
  private boolean burnIn;
  private boolean complete = true;
  private @Nullable List<PodCounts> canary;
  private @Nullable List<PodCounts> baseline;

  private RunLineReader() {}

  /// Reads the line that the splitter stands at.
  ///
  /// @throws InputException
  ///           if it is anything but a window or the end of a run
  static RunLine read(LineSplitter line) {
    RunLineReader reader = new RunLineReader();
    JsonLine.read(line, reader);
    return reader.made(line.number());
  }

  @Override
  public void read(JsonLine json, String name) throws IOException {
    seen.add(name);
    switch (name) {
      case "run" -> run = json.text();
      case "window" -> window = json.count();
      case "seconds" -> seconds = json.count();
      case "burnIn" -> burnIn = json.flag();
      case "complete" -> complete = json.flag();
      case "canary" -> canary = json.objects(PodReader::new);
      case "baseline" -> baseline = json.objects(PodReader::new);
      case "end" -> {
        if (!json.flag()) {
          throw json.wrong("must be true: leave it out while windows follow");
        }
      }
      default -> throw json.unknown(name, FIELDS);
    }
  }

  private RunLine made(long number) {
    if (!seen.contains("run")) {
      throw wrong(number, "lacks the field run");
    }
    if (seen.contains("end")) {
      if (seen.size() > 2) {
        throw wrong(number, "ends run " + run + ": only run and end may stand in such a line");
      }
      return new RunLine.End(number, run);
    }
    if (canary == null || baseline == null || !seen.containsAll(List.of("window", "seconds"))) {
      throw wrong(number, "lacks the field " + Stream.of("window", "seconds", "canary", "baseline")
          .filter(name -> !seen.contains(name)).findFirst().orElseThrow());
    }
    if (burnIn && !canary.isEmpty()) {
      throw wrong(number, "canary must be empty in a window of the burn-in, which lies before the canary");
    }
    checkNames(number, canary, baseline);
    return new RunLine.Counts(number, run, window, seconds, burnIn, canary, baseline, complete);
  }

  private static void checkNames(long number, List<PodCounts> canary, List<PodCounts> baseline) {
    Set<String> names = new HashSet<>();
    Stream.concat(canary.stream(), baseline.stream()).map(PodCounts::pod).forEach(pod -> {
      if (!names.add(pod)) {
        throw wrong(number, "pod " + pod + " is listed twice");
      }
    });
  }

  private static InputException wrong(long number, String message) {
    return new InputException("line " + number + ": " + message);
  }
}
