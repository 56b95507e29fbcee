package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainHeaderTest {

  @ParameterizedTest
  @DisplayName("A word of digits with two signs of a date or time is a time")
  @ValueSource(strings = {"10:00:00", "2026-11-24", "2026/11/24", "10:00:00.123", "2026-11-24T10:00:00,123+01:00",
      "10:00:00Z",
      "2:37AM", "2:37PM"})
  void tellsTimes(String time) {
    assertThat(PlainHeader.scan(time + " boom")).isEqualTo(header(true, Level.UNKNOWN, "", time + " boom", "boom"));
  }

  @ParameterizedTest
  @DisplayName("Numbers and words with fewer signs, or with letters in them, are no times but the message's own")
  @ValueSource(strings = {"12", "1.5", "10:00", "24-11", "1st-2nd-3rd", "7AM", "10:00:00x", "x10:00:00", "10:00:00_"})
  void tellsNoTimes(String word) {
    assertThat(PlainHeader.scan(word + " boom"))
        .isEqualTo(header(false, Level.UNKNOWN, "", word + " boom", word + " boom"));
  }

  @ParameterizedTest
  @DisplayName("What looks like a part of a header but is none belongs to the message")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"ERROR 404 was sent | ERROR | `` | 404 was sent",
      "ERROR shop(x) - boom | ERROR | `` | shop(x) - boom", "ERROR - boom | ERROR | `` | boom",
      "ERROR : boom | ERROR | `` | boom", "ERROR boom: again | ERROR | `` | boom: again",
      "ERROR boom again | ERROR | `` | boom again", "ERROR 7.x - boom | ERROR | `` | 7.x - boom",
      "ERROR WARN boom | ERROR | `` | WARN boom", "Error boom | UNKNOWN | `` | Error boom",
      "- item | UNKNOWN | `` | - item",
      "[x] ERROR boom | UNKNOWN | `` | [x] ERROR boom", "shop.Api - boom | UNKNOWN | `` | shop.Api - boom",
      "ERROR | ERROR | `` | ``", "ERROR [main | ERROR | `` | [main",
      "ERROR db.password: boom | ERROR | `` | db.password: boom",
      "ERROR:db.password:boom | ERROR | `` | db.password:boom",
      "ERROR a.B - c.D - boom | ERROR | a.B | c.D - boom"})
  void keepsTheMessage(String line, Level level, String logger, String message) {
    assertThat(PlainHeader.scan(line)).isEqualTo(header(false, level, logger, line, message));
  }

  @ParameterizedTest
  @DisplayName("Levels, loggers, threads and processes are read in the order of the usual libraries")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`  ERROR boom` | ERROR | `` | boom",
      "ERROR: shop.Api: boom | ERROR | shop.Api | boom",
      "ERROR:shop.api:12:00:01 passed | ERROR | shop.api | 12:00:01 passed",
      "ERROR:boom - x | ERROR | `` | boom - x", "ERROR::boom | ERROR | `` | boom",
      "WARN 9081 --- [main] shop.Api : slow | WARN | shop.Api | slow",
      "WARN 1 --- [nio-1] .w.s.Api : slow | WARN | .w.s.Api | slow", "WARN . : slow | WARN | `` | . : slow",
      "WARN [main] shop.Api - slow | WARN | shop.Api | slow",
      "WARN a::b - slow | WARN | a::b | slow", "WARN [main]\tslow | WARN | `` | slow",
      "[WARN] [x y] slow | WARN | `` | slow",
      "[WARN][shop] slow | WARN | shop | slow", "[WARN][17] slow | WARN | `` | slow",
      "[WARN][] slow | WARN | `` | slow",
      "[WARN][a b] slow | WARN | `` | slow", "[WARN][a,b] slow | WARN | `` | slow",
      "[WARN] [shop] slow | WARN | `` | slow",
      "[WARN][one][two] slow | WARN | one | slow"})
  void readsParts(String line, Level level, String logger, String message) {
    assertThat(PlainHeader.scan(line)).isEqualTo(header(false, level, logger, line, message));
  }

  @Test
  @DisplayName("A time and a level may share a bracket, and a number in brackets is no level")
  void readsBrackets() {
    var serilog = "[10:00:00 WRN] slow";
    var thread = "[10:00:00][7][WRN] slow";

    assertThat(PlainHeader.scan(serilog)).isEqualTo(header(true, Level.WARN, "", serilog, "slow"));
    assertThat(PlainHeader.scan(thread)).isEqualTo(header(true, Level.WARN, "", thread, "slow"));
    assertThat(PlainHeader.scan("[40] slow").beginsRecord()).isFalse();
  }

  @Test
  @DisplayName("A part of a header has 128 characters at most, and a header twelve parts")
  void isBounded() {
    var thread = "WARN [" + "x".repeat(126) + "] slow";
    var longer = "WARN [" + "x".repeat(127) + "] slow";
    var parts = "WARN " + "[x] ".repeat(11) + "slow";
    var more = "WARN " + "[x] ".repeat(12) + "slow";

    assertThat(PlainHeader.scan(thread)).isEqualTo(header(false, Level.WARN, "", thread, "slow"));
    assertThat(PlainHeader.scan(longer)).isEqualTo(header(false, Level.WARN, "", longer, longer.substring(5)));
    assertThat(PlainHeader.scan(parts)).isEqualTo(header(false, Level.WARN, "", parts, "slow"));
    assertThat(PlainHeader.scan(more)).isEqualTo(header(false, Level.WARN, "", more, "[x] slow"));
  }

  @Test
  @DisplayName("A line begins a record if it has a time or a level")
  void beginsRecords() {
    assertThat(PlainHeader.scan("10:00:00 boom").beginsRecord()).isTrue();
    assertThat(PlainHeader.scan("WARN boom").beginsRecord()).isTrue();
    assertThat(PlainHeader.scan("boom").beginsRecord()).isFalse();
    assertThat(PlainHeader.scan("").beginsRecord()).isFalse();
  }

  private static PlainHeader header(boolean timestamped, Level level, String logger, String line, String message) {
    return new PlainHeader(timestamped, level, logger, line.length() - message.length(), line.length());
  }
}
