package dev.serin.signature;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Compares templates with the hand-made ground truth of LogHub-2k (Zhu et al., ISSRE 2023), read in place: its research
/// licence forbids a copy here. `SERIN_DATA` names the folder with `loghub` in it; without it, a `shared/data` beside the
/// checkout is taken.
class LogHubAccuracyTest {

  /// Share of lines in exactly the right group, and F1 over groups.
  private record Accuracy(String name, double groupAccuracy, double f1) {}

  @Test
  @DisplayName("Templates group at least 90 % of the lines of LogHub exactly as people do, with no rule for any data set")
  void groupsAsPeopleDo(TestReporter reporter) throws IOException {
    Path folder = data().orElseGet(
        () -> abort("SKIPPED: no LogHub data; set SERIN_DATA to the folder that holds loghub"));
    List<Accuracy> all;
    try (Stream<Path> sets = Files.list(folder.resolve("loghub"))) {
      all = sets.map(set -> set.resolve(set.getFileName() + "_2k.log_structured.csv")).filter(Files::exists).sorted()
          .map(LogHubAccuracyTest::accuracy).toList();
    }

    all.forEach(accuracy -> reporter.publishEntry(accuracy.toString()));
    assertThat(all).hasSizeGreaterThanOrEqualTo(8);
    assertThat(all.stream().mapToDouble(Accuracy::groupAccuracy).average().orElseThrow())
        .as("mean group accuracy of %s",
            all)
        .isGreaterThanOrEqualTo(0.90);
    assertThat(all.stream().mapToDouble(Accuracy::f1).average().orElseThrow()).as("mean F1 of groups of %s", all)
        .isGreaterThanOrEqualTo(0.85);
  }

  private static Accuracy accuracy(Path csv) {
    var rows = rows(csv);
    int content = rows.getFirst().indexOf("Content");
    int event = rows.getFirst().indexOf("EventId");
    var lines = rows.subList(1, rows.size());
    var truth = groups(lines.stream().map(row -> row.get(event)).toList());
    var found = groups(lines.stream().map(row -> Canonicaliser.canonicalise(row.get(content))).toList());
    Set<List<Integer>> right = new HashSet<>(truth.values());
    right.retainAll(new HashSet<>(found.values()));
    double precision = (double) right.size() / found.size();
    double recall = (double) right.size() / truth.size();
    return new Accuracy(csv.getFileName().toString().replace("_2k.log_structured.csv", ""),
        (double) right.stream().mapToInt(List::size).sum() / lines.size(),
        2 * precision * recall / (precision + recall));
  }

  private static Map<String, List<Integer>> groups(List<String> labels) {
    return IntStream.range(0, labels.size()).boxed().collect(groupingBy(labels::get));
  }

  private static List<List<String>> rows(Path csv) {
    try {
      return Files.readAllLines(csv).stream().map(LogHubAccuracyTest::cells).toList();
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
