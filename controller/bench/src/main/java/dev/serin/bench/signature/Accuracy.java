package dev.serin.bench.signature;

import dev.serin.signature.merge.MonotoneMerge;
import dev.serin.signature.text.Canonicaliser;
import dev.serin.testkit.data.Grouping;
import dev.serin.testkit.data.LogHub;
import dev.serin.testkit.data.LogHub.DataSet;
import dev.serin.testkit.data.LogHub.Truth;
import java.util.List;

/// How well templates group the lines of one data set.
///
/// @param name
///          of the data set
/// @param stateless
///          templates alone
/// @param merged
///          with the groups of the monotone merge
public record Accuracy(String name, Grouping stateless, Grouping merged) {

  /// Of every data set of LogHub; empty where there are none.
  public static List<Accuracy> all(Truth truth) {
    return LogHub.sets(truth).stream().map(Accuracy::of).toList();
  }

  private static Accuracy of(DataSet set) {
    var templates = set.lines().stream().map(Canonicaliser::canonicalise).toList();
    var groups = MonotoneMerge.forms(templates);
    return new Accuracy(set.name(), Grouping.of(set.groups(), templates),
        Grouping.of(set.groups(), templates.stream().map(template -> groups.getOrDefault(template, "")).toList()));
  }
}
