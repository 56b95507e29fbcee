package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Records of lines, for tests.
public final class Records {

  private Records() {}

  /// The records of these lines, all logged at the same time.
  public static List<LogRecord> all(String... lines) {
    var assembler = new RecordAssembler();
    List<LogRecord> records = new ArrayList<>();
    for (var line : lines) {
      records.addAll(assembler.accept(new LogLine(Instant.EPOCH, line)));
    }
    assembler.flush().ifPresent(records::add);
    return records;
  }

  /// The one record of these lines.
  public static LogRecord record(String... lines) {
    var records = all(lines);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
