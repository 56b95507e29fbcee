package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  @ParameterizedTest
  @DisplayName("A value is shown by its kind, and by its digits or characters where the kind says little")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"123e4567-e89b-12d3-a456-426614174000 | <uuid>",
      "kim@h.org | <mail>", "/srv/app | <path>", "./run | <path>", "../x | <path>", "~/y | <path>", "C:\\x | <path>",
      "\\\\h\\x | <path>",
      "10.0.0.1 | <ip>", "10.0.0.1:80 | <ip>", "fe80::1 | <address>", "de:ad:be:ef | <address>",
      "2026-11-24 | <time>", "10:00:00 | <time>", "2026-11-24T10:00:00Z | <time>", "https://h.org/a | <url>",
      "7 | <num:1>", "-1,234.5 | <num:5>", "0x1f2e3d | <hex:8>", "deadbeef | <hex:8>",
      "deadb | <text:5>",
      "kschmidt7 | <text:9>", "🐤🐤 | <text:2>", "`a b` | <text:3>"})
  void names(String value, String shape) {
    assertThat(Shape.of(value)).isEqualTo(shape);
  }
}
