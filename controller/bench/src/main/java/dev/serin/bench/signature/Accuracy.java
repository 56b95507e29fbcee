package dev.serin.bench.signature;

import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.FirstOfKind;
import dev.serin.signature.merge.MonotoneMerge;
import dev.serin.signature.text.Canonicaliser;
import dev.serin.testkit.data.Grouping;
import dev.serin.testkit.data.LogHub;
import dev.serin.testkit.data.LogHub.DataSet;
import dev.serin.testkit.data.LogHub.Truth;
import java.util.List;
import java.util.Optional;

/// How well templates group the lines of one data set.
///
/// @param name
///          of the data set
/// @param stateless
///          templates alone
/// @param merged
///          with the groups of the monotone merge
/// @param online
///          line by line, each with the first of its kind
public record Accuracy(String name, Grouping stateless, Grouping merged, Grouping online) {

  /// Of every data set of LogHub; empty where there are none.
  public static List<Accuracy> all(Truth truth) {
    return LogHub.sets(truth).stream().map(Accuracy::of).toList();
  }

  private static Accuracy of(DataSet set) {
    var templates = set.lines().stream().map(Canonicaliser::canonicalise).toList();
    var groups = MonotoneMerge.forms(templates);
    var firsts = new FirstOfKind(List.of());
    return new Accuracy(set.name(), Grouping.of(set.groups(), templates),
        Grouping.of(set.groups(), templates.stream().map(template -> groups.getOrDefault(template, "")).toList()),
        Grouping.of(set.groups(), templates.stream().map(Accuracy::signature).map(firsts::of)
            .map(first -> first.id().value()).toList()));
  }

  /// As of a record without level and logger.
  private static Signature signature(String template) {
    return new Signature(new SignatureId("of " + template), Family.LOG, List.of("", ""), template, Optional.empty());
  }
}
