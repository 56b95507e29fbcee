package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.LogHub.Truth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One configuration for all data sets: no rule knows any of them.
class LogHubAccuracyTest {

  @ParameterizedTest
  @DisplayName("Templates alone group the lines of LogHub as people do: GA at least .93, FGA at least .94")
  @EnumSource(Truth.class)
  void groupsAsPeopleDo(Truth truth, TestReporter reporter) {
    List<Grouping> all = new ArrayList<>();
    for (var set : LogHub.sets(truth)) {
      var grouping = Grouping.of(set.groups(), set.lines().stream().map(Canonicaliser::canonicalise).toList());
      reporter.publishEntry("%s, %s: GA %.3f, FGA %.3f".formatted(set.name(), truth, grouping.accuracy(),
          grouping.f1()));
      all.add(grouping);
    }

    assertThat(all).hasSizeGreaterThanOrEqualTo(8);
    assertThat(all.stream().mapToDouble(Grouping::accuracy).average().orElseThrow()).as("mean GA of %s", all)
        .isGreaterThanOrEqualTo(0.93);
    assertThat(all.stream().mapToDouble(Grouping::f1).average().orElseThrow()).as("mean FGA of %s", all)
        .isGreaterThanOrEqualTo(0.94);
  }
}
