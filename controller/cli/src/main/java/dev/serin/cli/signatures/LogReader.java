package dev.serin.cli.signatures;

import dev.serin.cli.input.InputException;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.record.RuntimeLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads logs one after the other. What is wrong with one is kept, and the next one read.
final class LogReader {

  /// What a line is.
  enum Format {
    /// A part of a record: JSON, logfmt, a header and a message, or a line of a stack trace.
    RECORD,
    /// A bare message.
    MESSAGE
  }

  /// Takes the records in their order.
  @FunctionalInterface
  interface Sink {
    void record(LogRecord record, Place place);
  }

  private final Format format;
  private final List<String> problems = new ArrayList<>();
  private long lines;

  LogReader(Format format) {
    this.format = format;
  }

  /// What was wrong, a sentence each; empty if every log was read to its end.
  List<String> problems() {
    return List.copyOf(problems);
  }

  /// Lines read so far.
  long lines() {
    return lines;
  }

  void read(List<LogInput> inputs, Sink sink) {
    for (int i = 0; i < inputs.size(); i++) {
      Lines reader = new Lines(i, sink);
      try {
        inputs.get(i).read(reader::line);
      } catch (InputException e) {
        problems.add(e.getMessage());
      }
      reader.end();
      lines += reader.number;
    }
  }

  /// The lines of one log on their way to records.
  private final class Lines {
    private final int input;
    private final Sink sink;
    private final RecordAssembler assembler = new RecordAssembler();
    private long number;
    private long started;

    Lines(int input, Sink sink) {
      this.input = input;
      this.sink = sink;
    }

    void line(String text) {
      number++;
      switch (format) {
        case MESSAGE ->
          sink.record(LogRecord.ofMessage(new LogLine(Instant.EPOCH, text)), new Place(input, number));
        case RECORD -> {
          boolean underWay = assembler.underWaySince().isPresent();
          List<LogRecord> complete = assembler.accept(RuntimeLine.read(text));
          for (int i = 0; i < complete.size(); i++) {
            sink.record(complete.get(i), new Place(input, i == 0 && underWay ? started : number));
          }
          if (!underWay || !complete.isEmpty()) {
            started = number;
          }
        }
      }
    }

    void end() {
      assembler.flush().ifPresent(record -> sink.record(record, new Place(input, started)));
    }
  }
}
