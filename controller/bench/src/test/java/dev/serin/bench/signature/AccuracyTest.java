package dev.serin.bench.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serin.testkit.data.Grouping;
import dev.serin.testkit.data.LogHub.Truth;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One configuration for all data sets: no rule knows any of them.
class AccuracyTest {

  @ParameterizedTest
  @DisplayName("Lines of LogHub are grouped as people do: GA at least .93; FGA at least .94, merged .945")
  @EnumSource(Truth.class)
  void groupsAsPeopleDo(Truth truth) {
    var all = Accuracy.all(truth);
    assumeThat(all).as("LogHub in the folder that SERIN_DATA names").isNotEmpty();
    var stateless = Grouping.mean(all.stream().map(Accuracy::stateless).toList());
    var merged = Grouping.mean(all.stream().map(Accuracy::merged).toList());

    assertThat(all).hasSizeGreaterThanOrEqualTo(8);
    assertThat(stateless.accuracy()).as("GA, stateless, %s", all).isGreaterThanOrEqualTo(0.93);
    assertThat(stateless.f1()).as("FGA, stateless, %s", all).isGreaterThanOrEqualTo(0.94);
    assertThat(merged.accuracy()).as("GA, merged, %s", all).isGreaterThanOrEqualTo(0.93);
    assertThat(merged.f1()).as("FGA, merged, %s", all).isGreaterThanOrEqualTo(0.945);
  }
}
