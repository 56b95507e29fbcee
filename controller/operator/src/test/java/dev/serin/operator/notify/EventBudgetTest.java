package dev.serin.operator.notify;

import static dev.serin.operator.notify.EventBudget.Answer.LIMIT;
import static dev.serin.operator.notify.EventBudget.Answer.MERGE;
import static dev.serin.operator.notify.EventBudget.Answer.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventBudgetTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final EventBudget budget = new EventBudget();

  @Test
  @DisplayName("The same event about the same object is written once in ten minutes, and again after them")
  void mergesRepeats() {
    assertThat(budget.ask("a", "x", NOON)).isEqualTo(WRITE);
    assertThat(budget.ask("a", "x", NOON.plus(Duration.ofSeconds(599)))).isEqualTo(MERGE);
    assertThat(budget.ask("b", "x", NOON)).isEqualTo(WRITE);
    assertThat(budget.ask("a", "x", NOON.plus(Duration.ofMinutes(10)))).isEqualTo(WRITE);
  }

  @Test
  @DisplayName("An object gets 25 different events at once, then one every five minutes; others are not affected")
  void limitsEachObject() {
    var burst = IntStream.range(0, 30).mapToObj(i -> budget.ask("a", "e" + i, NOON)).toList();

    assertThat(burst.subList(0, 25)).containsOnly(WRITE);
    assertThat(burst.subList(25, 30)).containsOnly(LIMIT);
    assertThat(budget.ask("b", "e0", NOON)).isEqualTo(WRITE);
    var later = NOON.plus(Duration.ofMinutes(5));
    assertThat(budget.ask("a", "f0", later)).isEqualTo(WRITE);
    assertThat(budget.ask("a", "f1", later)).isEqualTo(LIMIT);
  }

  @Test
  @DisplayName("A clock that is set back neither refills the budget nor blocks it for ever")
  void survivesAClockSetBack() {
    IntStream.range(0, 25).forEach(i -> budget.ask("a", "e" + i, NOON));
    var back = NOON.minus(Duration.ofHours(1));

    assertThat(budget.ask("a", "later", back)).isEqualTo(LIMIT);
    assertThat(budget.ask("a", "later", back.plus(Duration.ofMinutes(5)))).isEqualTo(WRITE);
  }

  @Test
  @DisplayName("What a budget remembers is bounded: after 4,096 other objects the first is forgotten")
  void forgetsTheLeastRecent() {
    budget.ask("first", "x", NOON);
    IntStream.range(0, 4_096).forEach(i -> budget.ask("o" + i, "x", NOON));

    assertThat(budget.ask("first", "x", NOON)).isEqualTo(WRITE);
    assertThat(budget.ask("o4095", "x", NOON)).isEqualTo(MERGE);
  }
}
