package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serin.signature.text.ReferenceCanonicaliser.Rule;
import dev.serin.testkit.data.Grouping;
import dev.serin.testkit.data.LogHub;
import dev.serin.testkit.data.LogHub.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each rule is worth: mean GA and FGA of LogHub's development sets without it. With `-Dserin.rewrite=true` the page with
/// these numbers is written, and otherwise compared.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AblationTest {

  private static final Path PAGE = Path.of("../../docs/benchmarks/signature-rules.md");
  private static final String HEAD = """
      # What each rule of the canonicaliser is worth

      Change of the mean over LogHub's eight development sets when one rule is left out of the reference canonicaliser, stateless.
      GA is the share of lines in exactly the right group, FGA the F1 over groups; *original* and *corrected* are the two ground truths
      of [the benchmark of signatures](signatures.md). Negative means that the rule earns something. Written by

      ```sh
      mvn -pl controller/core -am test -Dtest=AblationTest -Dserin.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false
      ```

      | without | GA, original | FGA, original | GA, corrected | FGA, corrected |
      |---|---|---|---|---|
      """;
  private static final String FOOT = """

      Some rules are there for safety or for other logs and may cost a little here: secrets and tokens must not stay in a template,
      quoted strings and `key=value` name users' things, and 404 and 503 are not one event to an operator, though people put all
      statuses of Proxifier into one group.
      """;

  private List<LogHub.DataSet> original = List.of();
  private List<LogHub.DataSet> corrected = List.of();

  @BeforeAll
  void read() {
    original = LogHub.sets(Truth.ORIGINAL);
    corrected = LogHub.sets(Truth.CORRECTED);
    assumeThat(original).as("LogHub in the folder that SERIN_DATA names").isNotEmpty();
  }

  @ParameterizedTest
  @DisplayName("Without a rule templates agree less with people, or a secret or name could stay in them")
  @EnumSource(Rule.class)
  void isWorthIt(Rule rule) {
    var all = mean(original, EnumSet.allOf(Rule.class));
    var without = mean(original, EnumSet.complementOf(EnumSet.of(rule)));

    double loss = all.f1() - without.f1() + all.accuracy() - without.accuracy();
    switch (rule) {
      case LEADERS, RELATIVE_PATHS, ENDPOINTS, TENANTS, UNITS, BRACKETS, RUNS, HOSTS, SIGNS, DATES -> assertThat(loss)
          .as("loss without %s", rule).isGreaterThan(0.002);
      // Their purpose is safety or other logs; they may cost a little here, and not more.
      case DOUBTFUL_DOMAINS, TOKENS, STATUSES, SECRETS, QUOTED, KEY_VALUE -> assertThat(loss)
          .as("loss without %s", rule).isBetween(-0.03, 0.05);
    }
  }

  @Test
  @DisplayName("The page has the numbers that are measured")
  void page() throws IOException {
    var wanted = HEAD + Stream.of(Rule.values()).map(this::row).collect(Collectors.joining()) + FOOT;
    if (Boolean.getBoolean("serin.rewrite")) {
      Files.writeString(PAGE, wanted);
    }

    assertThat(PAGE).as("after a change of a rule, run this test with -Dserin.rewrite=true").hasContent(wanted);
  }

  private String row(Rule rule) {
    return "| " + rule.name().toLowerCase(Locale.ROOT).replace('_', ' ') + Stream.of(original, corrected).map(sets -> {
      var all = mean(sets, EnumSet.allOf(Rule.class));
      var without = mean(sets, EnumSet.complementOf(EnumSet.of(rule)));
      return " | " + signed(without.accuracy() - all.accuracy()) + " | " + signed(without.f1() - all.f1());
    }).collect(Collectors.joining()) + " |\n";
  }

  private static String signed(double change) {
    return Math.abs(change) < 0.0005 ? "0" : String.format(Locale.ROOT, "%+.3f", change).replace("0.", ".");
  }

  private static Grouping mean(List<LogHub.DataSet> sets, EnumSet<Rule> rules) {
    var canonicaliser = new ReferenceCanonicaliser(rules);
    return Grouping.mean(sets.stream().map(set -> Grouping.of(set.groups(), set.lines().stream()
        .map(line -> canonicaliser.canonicalise(
            new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
        .toList())).toList());
  }
}
