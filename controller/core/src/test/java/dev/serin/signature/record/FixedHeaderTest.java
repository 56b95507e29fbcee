package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedHeaderTest {

  private static final String ZAP = "2026-11-24T10:00:00.123Z\t";

  @ParameterizedTest
  @DisplayName("Each level of klog, .NET, nginx and PostgreSQL is the level that it means")
  @CsvSource(delimiter = '|', value = {"I1124 10:00:00.123456 31 a.go:1] | INFO",
      "W1124 10:00:00.123456 31 a.go:1] | WARN",
      "E1124 10:00:00.123456 31 a.go:1] | ERROR", "F1124 10:00:00.123456 31 a.go:1] | FATAL",
      "fail: Shop.Api[1] | ERROR",
      "crit: Shop.Api[1] | FATAL", "warn: Shop.Api[1] | WARN", "info: Shop.Api[1] | INFO", "dbug: Shop.Api[1] | DEBUG",
      "trce: Shop.Api[-1] | TRACE", "2026/11/24 10:00:00 [notice] 1#1: | INFO",
      "2026/11/24 10:00:00 [emerg] 1#1: | FATAL",
      "2026/11/24 10:00:00 [other] 1#1: | UNKNOWN", "2026-11-24 10:00:00.123 UTC [31] LOG: | INFO",
      "2026-11-24 10:00:00.123 UTC [31] STATEMENT: | DEBUG", "2026-11-24 10:00:00.123 UTC [31] DETAIL: | DEBUG",
      "2026-11-24 10:00:00.123 UTC [31] HINT: | DEBUG", "2026-11-24 10:00:00.123 UTC [31] CONTEXT: | DEBUG",
      "2026-11-24 10:00:00.123 UTC [31] QUERY: | DEBUG", "2026-11-24 10:00:00.123 UTC [31] FATAL: | FATAL",
      "2026-11-24 10:00:00.123 UTC [31] DEBUG1: | UNKNOWN"})
  void tellsLevels(String header, Level level) {
    assertThat(FixedHeader.scan(header + " boom")).hasValueSatisfying(scanned -> {
      assertThat(scanned.level()).isEqualTo(level);
      assertThat(scanned.timestamped()).isEqualTo(!header.matches("[a-z]{4}: .*"));
      assertThat((header + " boom").substring(scanned.messageStart(), scanned.messageEnd()).strip()).isEqualTo("boom");
    });
  }

  @ParameterizedTest
  @DisplayName("Of zap's fields between tabs the logger, the caller and the fields are told from the message")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"ERROR\tboom | `` | boom",
      "ERROR\tshop\tboom | shop | boom",
      "ERROR\ta/b.go:7\tboom | `` | boom", "ERROR\tshop\ta/b.go:7\tboom | shop | boom",
      "ERROR\ta/b.go:7\tboom\t{\"a\": 1} | `` | boom", "ERROR\tshop\tboom\t{\"a\": 1} | shop | boom"})
  void readsZap(String rest, String logger, String message) {
    var line = ZAP + rest;
    int start = line.indexOf("boom");

    assertThat(FixedHeader.scan(line))
        .hasValue(new PlainHeader(true, Level.ERROR, logger, start, start + message.length()));
  }

  @ParameterizedTest
  @DisplayName("A line that only begins like one of these has no fixed header")
  @ValueSource(strings = {"", "E1124", "E1124x", "E1124 10:00:00.123456 31 boom",
      "X1124 10:00:00.123456 31 a.go:1] boom", "fail: boom",
      "fair: Shop.Api[1] boom", "2026/11/24 10:00:00 boom", "2026/11/24 10:00:00 [error] boom",
      "2026-11-24 10:00:00 ERROR boom",
      "2026.11.24 10:00:00 boom", "2026-11-24T10:00:00Z\tloudly\tboom", "2026-11-24T10:00:00Z\tboom", "7\tERROR\tboom",
      "2026-11-24T10:00:00.1234567890123456789012345\tERROR\tboom"})
  void leavesOthers(String line) {
    assertThat(FixedHeader.scan(line)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A tab in the message does not hide a header of nginx or PostgreSQL")
  @CsvSource(delimiter = '|', value = {"2026/11/24 10:00:00 [error] 1#1: | ERROR",
      "2026-11-24 10:00:00.123 UTC [31] ERROR: | ERROR"})
  void allowsTabs(String header, Level level) {
    assertThat(FixedHeader.scan(header + " boom\tagain")).map(PlainHeader::level).hasValue(level);
  }
}
