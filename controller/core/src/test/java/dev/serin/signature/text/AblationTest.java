package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.LogHub.Truth;
import dev.serin.signature.text.ReferenceCanonicaliser.Rule;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each rule is worth: mean GA and FGA of LogHub's development sets without it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AblationTest {

  private final List<LogHub.DataSet> sets = LogHub.sets(Truth.ORIGINAL);
  private final Grouping all = mean(EnumSet.allOf(Rule.class));

  @ParameterizedTest
  @DisplayName("Without a rule templates agree less with people, or a secret or name could stay in them")
  @EnumSource(Rule.class)
  void isWorthIt(Rule rule, TestReporter reporter) {
    var without = mean(EnumSet.complementOf(EnumSet.of(rule)));
    reporter.publishEntry("without %s: GA %+.4f, FGA %+.4f".formatted(rule, without.accuracy() - all.accuracy(),
        without.f1() - all.f1()));

    double loss = all.f1() - without.f1() + all.accuracy() - without.accuracy();
    switch (rule) {
      case LEADERS, RELATIVE_PATHS, ENDPOINTS, TENANTS, UNITS, BRACKETS, RUNS, HOSTS, SIGNS, DATES -> assertThat(loss)
          .as("loss without %s", rule).isGreaterThan(0.002);
      // Their purpose is safety or other logs; they may cost a little here, and not more.
      case DOUBTFUL_DOMAINS, TOKENS, STATUSES, SECRETS, QUOTED, KEY_VALUE -> assertThat(loss)
          .as("loss without %s", rule).isBetween(-0.03, 0.05);
    }
  }

  private Grouping mean(EnumSet<Rule> rules) {
    var canonicaliser = new ReferenceCanonicaliser(rules);
    var groupings = sets.stream().map(set -> Grouping.of(set.groups(), set.lines().stream()
        .map(line -> canonicaliser.canonicalise(
            new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
        .toList())).toList();
    return new Grouping(groupings.stream().mapToDouble(Grouping::accuracy).average().orElseThrow(),
        groupings.stream().mapToDouble(Grouping::f1).average().orElseThrow());
  }
}
