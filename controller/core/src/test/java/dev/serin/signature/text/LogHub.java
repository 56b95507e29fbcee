package dev.serin.signature.text;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// LogHub-2k with its hand-made ground truth (Zhu et al., ISSRE 2023; corrected: Khan et al., ICSE 2022), read in place: its
/// research licence forbids a copy here. `SERIN_DATA` names the folder with `loghub` in it; without it, a `shared/data`
/// beside the checkout is taken.
public final class LogHub {

  /// Who made the groups.
  public enum Truth {
    ORIGINAL("%s", "_2k.log_structured.csv", "EventId"), CORRECTED("corrected/%s", "_2k.log_structured_corrected.csv",
        "EventTemplate");

    private final String folder;
    private final String file;
    private final String label;

    Truth(String folder, String file, String label) {
      this.folder = folder;
      this.file = file;
      this.label = label;
    }
  }

  /// One data set.
  ///
  /// @param lines
  ///          the messages, without their headers
  /// @param groups
  ///          for each line, the name of the group that people put it in
  public record DataSet(String name, List<String> lines, List<String> groups) {}

  private LogHub() {}

  /// All data sets by name; without them, the calling test is skipped.
  public static List<DataSet> sets(Truth truth) {
    Path root = data().orElseGet(
        () -> abort("SKIPPED: no LogHub data; set SERIN_DATA to the folder that holds loghub")).resolve("loghub");
    try (Stream<Path> sets = Files.list(root)) {
      return sets.map(set -> set.getFileName().toString()).sorted()
          .filter(name -> Files.exists(file(root, truth, name))).map(name -> read(file(root, truth, name), truth, name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path root, Truth truth, String name) {
    return root.resolve(truth.folder.formatted(name)).resolve(name + truth.file);
  }

  private static DataSet read(Path csv, Truth truth, String name) {
    try {
      var rows = Files.readAllLines(csv).stream().map(LogHub::cells).toList();
      int content = rows.getFirst().indexOf("Content");
      int label = rows.getFirst().indexOf(truth.label);
      var lines = rows.subList(1, rows.size());
      return new DataSet(name, lines.stream().map(row -> row.get(content)).toList(),
          lines.stream().map(row -> row.get(label)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"') {
        // A doubled quote is one: the second toggles back and the character is kept.
        boolean doubled = quoted && i + 1 < row.length() && row.charAt(i + 1) == '"';
        if (doubled) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static Optional<Path> data() {
    var beside = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve("shared/data"));
    return Optional.ofNullable(System.getenv("SERIN_DATA")).map(Path::of).map(Stream::of).orElse(beside)
        .filter(folder -> Files.isDirectory(folder.resolve("loghub"))).findFirst();
  }
}
