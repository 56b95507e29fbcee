package dev.serin.testkit.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// LogHub-2k with its hand-made ground truth (Zhu et al., ISSRE 2023; corrected: Khan et al., ICSE 2022). Its research licence
/// forbids a copy here.
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

  /// All data sets by name; empty where there is no LogHub.
  public static List<DataSet> sets(Truth truth) {
    var root = DataFolder.of("loghub");
    if (root.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> sets = Files.list(root.get())) {
      return sets.map(set -> set.getFileName().toString()).sorted()
          .filter(name -> Files.exists(file(root.get(), truth, name)))
          .map(name -> read(file(root.get(), truth, name), truth, name)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path root, Truth truth, String name) {
    return root.resolve(truth.folder.formatted(name)).resolve(name + truth.file);
  }

  private static DataSet read(Path csv, Truth truth, String name) {
    try {
      var rows = Files.readAllLines(csv).stream().map(DataFolder::cells).toList();
      int content = rows.getFirst().indexOf("Content");
      int label = rows.getFirst().indexOf(truth.label);
      var lines = rows.subList(1, rows.size());
      return new DataSet(name, lines.stream().map(row -> row.get(content)).toList(),
          lines.stream().map(row -> row.get(label)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
