package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {
  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  @ParameterizedTest
  @DisplayName("One fault is one signature in each format, whatever the tenant is called")
  @ValueSource(strings = {
      "{\"timestamp\":\"2026-11-24T10:00:00.123Z\",\"level\":\"WARN\",\"logger\":\"shop.Communities\",\"message\":\"Community ID not found\",\"method\":\"GET\",\"route\":\"/communities/{id}\",\"status\":404,\"duration_ms\":12,\"tenantId\":\"ID\"}",
      "ts=2026-11-24T10:00:00.123Z level=warn logger=shop.Communities msg=\"Community ID not found\" method=GET route=/communities/{id} status=404 duration_ms=12",
      "2026-11-24T10:00:00.123Z WARN  [http] shop.Communities - Community ID not found (GET /communities/ID 404 12ms)",
      "2026-11-24 10:00:00,123 WARN [http] shop.Communities: GET /communities/ID -> 404 in 12 ms: Community ID not found",
      "WARN Community ID not found status=404 method=GET path=/communities/ID took=12ms"})
  void namesTheFaultOnce(String line) {
    var signatures = Stream.of("8842", "17", "acme", "globex-trading", "123e4567-e89b-12d3-a456-426614174000", "t_ä")
        .map(id -> signature(line.replace("ID", id)).orElseThrow()).distinct().toList();

    assertThat(signatures).singleElement().satisfies(signature -> {
      assertThat(signature.family()).isEqualTo(Family.HTTP);
      assertThat(signature.template()).isEqualTo("Community <*> not found");
      assertThat(signature.levels()).containsExactly("4xx", "404 GET /communities/{}");
    });
  }

  private static Optional<Signature> signature(String... lines) {
    return RULES.signatureOf(record(lines));
  }

  static LogRecord record(String... lines) {
    var assembler = new RecordAssembler();
    List<LogRecord> records = new ArrayList<>();
    for (var line : lines) {
      records.addAll(assembler.accept(new LogLine(Instant.EPOCH, line)));
    }
    assembler.flush().ifPresent(records::add);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
