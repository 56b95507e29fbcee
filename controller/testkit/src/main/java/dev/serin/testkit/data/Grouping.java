package dev.serin.testkit.data;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// How well found groups agree with true ones.
///
/// @param accuracy
///          GA: share of lines in exactly the right group
/// @param f1
///          FGA: F1 over groups
public record Grouping(double accuracy, double f1) {

  /// Compares two labels for each line.
  public static Grouping of(List<String> truth, List<String> found) {
    var trueGroups = groups(truth);
    var foundGroups = groups(found);
    Set<List<Integer>> right = new HashSet<>(trueGroups.values());
    right.retainAll(new HashSet<>(foundGroups.values()));
    // 2 p r / (p + r) with p = right / found and r = right / true.
    return new Grouping((double) right.stream().mapToInt(List::size).sum() / truth.size(),
        2.0 * right.size() / (trueGroups.size() + foundGroups.size()));
  }

  /// The mean of several, each with the same weight.
  public static Grouping mean(List<Grouping> groupings) {
    return new Grouping(groupings.stream().mapToDouble(Grouping::accuracy).average().orElseThrow(),
        groupings.stream().mapToDouble(Grouping::f1).average().orElseThrow());
  }

  private static Map<String, List<Integer>> groups(List<String> labels) {
    return IntStream.range(0, labels.size()).boxed().collect(groupingBy(labels::get));
  }
}
