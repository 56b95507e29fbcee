package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// docs/reference/reasons.md against the enum, both ways.
class ReasonsPageTest {
  private static final Path PAGE = Path.of("../../docs/reference/reasons.md");
  // | `Reason` | condition, condition | meaning | what to do |
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern CONDITION = Pattern.compile("`(\\w+)`");

  /// One line of a table.
  private record Row(String reason, String conditions, String meaning, String whatToDo) {}

  @Test
  @DisplayName("The page explains every reason, each once, and no word that is none")
  void pageAndEnumAgree() throws IOException {
    List<String> explained = rows().stream().map(Row::reason).toList();
    Set<String> reasons = Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet());

    assertThat(reasons).filteredOn(reason -> !explained.contains(reason))
        .as("constants of Reason without a row in docs/reference/reasons.md: add one").isEmpty();
    assertThat(explained).filteredOn(reason -> !reasons.contains(reason))
        .as("rows of docs/reference/reasons.md that are no constants of Reason: remove them").isEmpty();
    assertThat(explained).as("reasons that are explained twice").doesNotHaveDuplicates().hasSizeGreaterThan(25);
  }

  @Test
  @DisplayName("Each reason names conditions that there are, a meaning, and what to do")
  void rowsAreWhole() throws IOException {
    Set<String> conditions = Stream.of(Report.Kind.values()).map(Enum::name)
        .map(name -> name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT)).collect(Collectors.toSet());

    assertThat(conditions).contains("Ready", "Reconciling", "Stalled");
    assertThat(rows()).isNotEmpty().allSatisfy(row -> {
      List<String> named = CONDITION.matcher(row.conditions()).results().map(found -> found.group(1)).toList();
      assertThat(named.isEmpty()).as("%s says none exactly if it names no condition", row.reason())
          .isEqualTo(row.conditions().strip().equals("none"));
      assertThat(conditions).as(row.reason()).containsAll(named);
      assertThat(row.meaning().strip()).as(row.reason()).hasSizeGreaterThan(20);
      assertThat(row.whatToDo()).as(row.reason()).isNotBlank();
    });
  }

  private static List<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results()
        .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4))).toList();
  }
}
