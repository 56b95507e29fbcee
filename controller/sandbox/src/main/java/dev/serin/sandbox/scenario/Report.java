package dev.serin.sandbox.scenario;

import dev.serin.sandbox.load.LoadReport;
import java.util.List;

/// What came of a scenario.
///
/// @param results of the pushes that were made; playing stops at the first that did not end as expected
/// @param load    what the clients saw from the first request to the last
public record Report(Scenario scenario, List<PushResult> results, LoadReport load) {

  public Report {
    results = List.copyOf(results);
  }

  /// Whether every push was made and ended as the scenario expects.
  public boolean asExpected() {
    return results.size() == scenario.pushes().size() && results.stream().allMatch(PushResult::asExpected);
  }
}
