package dev.serin.bench.scenario;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// All scenarios by name.
public final class Scenarios {

  private static final List<Scenario> ALL = Stream.of(GoodVersions.all(), BadVersions.all()).flatMap(List::stream)
      .toList();

  private Scenarios() {}

  /// Every scenario, the good versions first.
  public static List<Scenario> all() {
    return ALL;
  }

  /// The scenarios with these names in the order of [#all].
  ///
  /// @throws IllegalArgumentException
  ///           for a name that no scenario has
  public static List<Scenario> named(Collection<String> ids) {
    for (String id : ids) {
      if (ALL.stream().noneMatch(scenario -> scenario.id().equals(id))) {
        throw new IllegalArgumentException("no scenario is named " + id + "; there are "
            + String.join(", ", ALL.stream().map(Scenario::id).toList()));
      }
    }
    return ALL.stream().filter(scenario -> ids.contains(scenario.id())).toList();
  }
}
