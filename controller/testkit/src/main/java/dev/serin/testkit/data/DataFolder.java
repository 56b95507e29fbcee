package dev.serin.testkit.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the folder with the data, and reads its CSV files.
final class DataFolder {

  private DataFolder() {}

  /// The folder of one collection.
  static Optional<Path> of(String name) {
    var beside = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve("shared/data"));
    return Optional.ofNullable(System.getenv("SERIN_DATA")).map(Path::of).map(Stream::of).orElse(beside)
        .map(folder -> folder.resolve(name)).filter(Files::isDirectory).findFirst();
  }

  /// The cells of one line.
  static List<String> cells(String row) {
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
}
