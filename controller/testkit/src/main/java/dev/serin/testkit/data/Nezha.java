package dev.serin.testkit.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Logs of the Train-Ticket shop on Kubernetes with injected faults (Nezha, FSE 2023, MIT licence).
///
/// Before and after, not side by side: good for ranking, not for power.
public final class Nezha {

  // The file has one layout: a reader of JSON for three keys would be the only one of this module.
  private static final Pattern FAULT = Pattern.compile(
      "\"inject_time\": \"(\\d{4}-\\d\\d-\\d\\d)[^}]*?\"inject_pod\": \"([^\"]+)\"[^}]*?\"inject_type\": \"([^\"]+)\"[^}]*?"
          + "\"minutes\": \\[\\s*\"([^\"]+)\",\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"");

  private final Path root;

  private Nezha(Path root) {
    this.root = root;
  }

  /// An injected fault.
  ///
  /// @param pod
  ///          where it was injected
  /// @param type
  ///          `return`, `exception` or one of the processor
  /// @param before
  ///          lines of the minute before
  /// @param during
  ///          lines of the two minutes with it
  public record Fault(String pod, String type, List<Line> before, List<Line> during) {}

  /// A line as the container runtime stored it.
  ///
  /// @param pod
  ///          who wrote it
  /// @param text
  ///          JSON with `log`, `stream` and `time`
  public record Line(String pod, String text) {}

  /// The data, where there are some.
  public static Optional<Nezha> find() {
    return DataFolder.of("nezha-trainticket").map(Nezha::new);
  }

  /// All faults, in the order of their injection.
  public List<Fault> faults() {
    try {
      return FAULT.matcher(Files.readString(root.resolve("faults.json"))).results()
          .map(found -> new Fault(found.group(2), found.group(3), minutes(found.group(1), found.group(4)),
              minutes(found.group(1), found.group(5), found.group(6))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The minute without a fault.
  public List<Line> faultFree() {
    return minutes("fault-free", "08_50");
  }

  private List<Line> minutes(String folder, String... minutes) {
    return List.of(minutes).stream().map(minute -> root.resolve(folder).resolve(minute + "_log.csv.gz"))
        .flatMap(file -> read(file).stream()).toList();
  }

  private static List<Line> read(Path file) {
    try (var lines = new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      var head = DataFolder.cells(lines.readLine());
      int pod = head.indexOf("PodName");
      int log = head.indexOf("Log");
      return lines.lines().map(DataFolder::cells).filter(cells -> cells.size() == head.size())
          .map(cells -> new Line(cells.get(pod), cells.get(log))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
