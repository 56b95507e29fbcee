package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperatorSettingsTest {
  @Test
  @DisplayName("Without any setting the operator listens on 127.0.0.1:8080 and looks after all namespaces")
  void defaults() {
    try (var context = ApplicationContext.builder().deduceEnvironment(false).environmentPropertySource(false).start()) {
      assertThat(context.getBean(OperatorSettings.class)).isEqualTo(
          new OperatorSettings(null, List.of(), 8080, "127.0.0.1", false, Duration.ofMinutes(10),
              Duration.ofMinutes(10), 500, ""));
    }
  }

  @Test
  @DisplayName("Settings given in code arrive unchanged, and win over the environment's")
  void roundTrip() {
    var settings = new OperatorSettings("/tmp/k c", List.of("shop", "forum"), 0, "::1", true, Duration.ofSeconds(90),
        Duration.ofSeconds(30), 700, "0123456789abcdef");
    try (var context = ApplicationContext.builder().deduceEnvironment(false).properties(settings.properties())
        .start()) {
      assertThat(context.getBean(OperatorSettings.class)).isEqualTo(settings);
    }
  }

  @Test
  @DisplayName("Namespaces can be listed with spaces and repetition, and be empty")
  void readsNamespaceLists() {
    try (var context = ApplicationContext.builder().deduceEnvironment(false)
        .properties(Map.of("serin.namespaces", "shop, forum ,shop")).start()) {
      assertThat(context.getBean(OperatorSettings.class).namespaces()).containsExactly("shop", "forum");
    }
    assertThat(OperatorSettings.local(Path.of("k")).namespaces()).isEmpty();
  }

  @Test
  @DisplayName("What cannot work is refused with the setting's name and the value")
  void refusesNonsense() {
    assertThatThrownBy(() -> settings(List.of("Shop"), 0, "127.0.0.1", 60)).hasMessage(
        "serin.namespaces must hold namespace names, was 'Shop'");
    assertThatThrownBy(() -> settings(Collections.nCopies(1, "a/../b"), 0, "127.0.0.1", 60)).hasMessageContaining(
        "a/../b");
    assertThatThrownBy(() -> settings(List.of(), 65_536, "127.0.0.1", 60)).hasMessage(
        "serin.http-port must be 0..65535, was 65536");
    assertThatThrownBy(() -> settings(List.of(), 0, " ", 60)).hasMessage("serin.bind-address must not be empty");
    assertThatThrownBy(() -> settings(List.of(), 0, "127.0.0.1", 0)).hasMessage(
        "serin.relook must be 1s..1h, was PT0S");
    assertThatThrownBy(() -> new OperatorSettings(null, List.of(), 0, "::1", false, Duration.ofMinutes(1),
        Duration.ofMinutes(61), 500, "")).hasMessage("serin.hold-proof must be 1s..1h, was PT1H1M");
    assertThatThrownBy(() -> new OperatorSettings(null, List.of(), 0, "::1", false, Duration.ofMinutes(1),
        Duration.ofMinutes(1), 1, "")).hasMessage("serin.log-streams must be 2..10000, was 1");
    assertThatThrownBy(() -> new OperatorSettings(null, List.of(), 0, "::1", false, Duration.ofMinutes(1),
        Duration.ofMinutes(1), 500, "secret")).hasMessage("serin.tenant-key must have at least 16 characters, had 6");
  }

  private static OperatorSettings settings(List<String> namespaces, int port, String address, long relookSeconds) {
    return new OperatorSettings(null, namespaces, port, address, false, Duration.ofSeconds(relookSeconds),
        Duration.ofMinutes(10), 500, "");
  }
}
