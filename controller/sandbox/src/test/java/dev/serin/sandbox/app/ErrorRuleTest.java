package dev.serin.sandbox.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorRuleTest {

  private static final ErrorRule RULE = ErrorRule.always("Community <id> not found", 404);

  @Test
  @DisplayName("Bursts begin with the fault, are on and off by turns, and both edges belong to what follows")
  void bursts() {
    ErrorRule rule = new ErrorRule("x", 500, null, 1, 1, Duration.ofSeconds(10), Duration.ofSeconds(40),
        Duration.ofSeconds(5), Duration.ofSeconds(3), null);

    List<Integer> on = IntStream.range(0, 50).filter(second -> rule.active(Duration.ofSeconds(second))).boxed()
        .toList();

    assertThat(on).containsExactly(10, 11, 12, 13, 14, 18, 19, 20, 21, 22, 26, 27, 28, 29, 30, 34, 35, 36, 37, 38);
  }

  @Test
  @DisplayName("A text may hold the id or the name of whom it is about, always the same for one of them")
  void texts() {
    assertThat(RULE.text("42")).isEqualTo("Community 42 not found");
    assertThat(ErrorRule.always("Mailbox of <name> lost", 404).text("42")).isEqualTo("Mailbox of hulfenheim lost");
  }

  @Test
  @DisplayName("Three percent of 200 tenants are six, always the same, and not all of them are the busiest")
  void tenants() {
    ErrorRule rule = RULE.withTenants(0.03);

    List<Integer> affected = IntStream.rangeClosed(1, 200).filter(k -> rule.affects("tenant-" + k)).boxed().toList();

    assertThat(affected).hasSizeBetween(5, 7).contains(34, 89).allMatch(k -> k > 10);
    assertThat(rule.affects("no number at its end")).isEqualTo(rule.affects("no number at its end"));
    assertThat(RULE.withTenants(0).affects("tenant-89")).isFalse();
    assertThat(RULE.affects("anybody")).isTrue();
  }

  @Test
  @DisplayName("A value out of range is refused with its name and the range")
  void ranges() {
    assertThatThrownBy(() -> RULE.withRate(1.5)).hasMessage("rate must be 0..1, was 1.5");
    assertThatThrownBy(() -> RULE.withTenants(Double.NaN)).hasMessage("tenants must be 0..1, was NaN");
    assertThatThrownBy(() -> ErrorRule.always("x", 302)).hasMessageContaining("400..599").hasMessageContaining("302");
    assertThatThrownBy(() -> RULE.inBursts(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("burst length (on)");
    assertThatThrownBy(() -> ErrorRule.always(" ", 500)).hasMessageContaining("message");
  }
}
