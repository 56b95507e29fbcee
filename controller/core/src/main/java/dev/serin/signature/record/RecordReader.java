package dev.serin.signature.record;

import dev.serin.signature.text.Characters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes a record of its lines: JSON, else logfmt, else plain text. Malformed input falls to the next format.
final class RecordReader {

  private static final List<String> LEVEL = List.of("level", "severity", "log.level", "lvl", "levelname", "loglevel",
      "@l");
  private static final List<String> LOGGER = List.of("logger", "logger_name", "log.logger");
  /// Serilog's template comes before the text that it makes of it, since the template holds no values.
  private static final List<String> MESSAGE = List.of("message", "msg", "log", "body", "error.message", "error", "err",
      "textpayload", "@mt", "@m", "messagetemplate", "renderedmessage");
  private static final List<String> STACK = List.of("stack_trace", "exception", "error.stack_trace", "throwable",
      "exception.stacktrace", "stacktrace", "error.stack", "err.stack", "stack", "@x");
  private static final List<String> ERROR_TYPE = List.of("error.type", "exception.type", "exception.exception_class",
      "exception.class");
  private static final List<String> ERROR_MESSAGE = List.of("error.message", "exception.message",
      "exception.exception_message");
  private static final Set<String> RUNTIME_ENVELOPE = Set.of("log", "stream");
  private static final int LONGEST_LOGGER = 256;
  /// `name` may be a person's. It is the program's where the record has what the library writes beside it, which no
  /// application names by chance: Bunyan and Pino, or Python's `LogRecord`, which lets nobody replace its attributes.
  private static final List<Set<String>> NAMES_LOGGER = List.of(Set.of("name", "pid", "hostname", "level"),
      Set.of("name", "levelname"));
  private static final Pattern PROGRAM = Pattern.compile("[\\w./:-]{1,256}+");

  private final TenantField tenants;

  RecordReader(TenantField tenants) {
    this.tenants = tenants;
  }

  /// @param lines
  ///          at least one; the first is not blank
  /// @param header
  ///          of the first line
  LogRecord read(Instant time, List<String> lines, PlainHeader header) {
    var fields = fields(lines.getFirst());
    if (fields.isEmpty()) {
      return plain(time, lines, header);
    }
    if (fields.get().containsAll(RUNTIME_ENVELOPE)) {
      var inner = fields.get().first(List.of("log")).orElse("").strip();
      return enveloped(time, List.of(inner.split("\\R", RecordAssembler.MAX_LINES)));
    }
    return structured(time, fields.get(), lines);
  }

  static Optional<Fields> fields(String line) {
    return line.startsWith("{") ? Fields.json(line) : Fields.logfmt(line);
  }

  /// What an envelope holds is no envelope once more.
  private LogRecord enveloped(Instant time, List<String> lines) {
    return fields(lines.getFirst()).map(fields -> structured(time, fields, lines))
        .orElseGet(() -> plain(time, lines, PlainHeader.scan(lines.getFirst())));
  }

  private LogRecord structured(Instant time, Fields fields, List<String> lines) {
    var level = fields.first(LEVEL).flatMap(Level::parse).orElse(Level.UNKNOWN);
    var logger = logger(fields.first(LOGGER).or(() -> program(fields)).orElse(""));
    var message = fields.first(MESSAGE).orElse("");
    var exception = fields.first(STACK).flatMap(text -> StackTraceReader.read(text.lines().toList(), true))
        .or(() -> errorType(fields, message)).or(() -> StackTraceReader.read(lines.subList(1, lines.size()), true));
    var tenant = tenants.of(fields, message);
    var request = HttpText.of(fields);
    if (request.status().isPresent()) {
      return new LogRecord(time, level, logger, message, request, exception, tenant);
    }
    var text = HttpText.read(message);
    var http = text.http().status().isPresent() ? text.http().with(HttpError.of(fields)) : text.http();
    return new LogRecord(time, level, logger, text.message(), http, exception, tenant);
  }

  private static Optional<String> program(Fields fields) {
    return NAMES_LOGGER.stream().anyMatch(fields::containsAll)
        ? fields.first(List.of("name")).filter(name -> PROGRAM.matcher(name).matches())
        : Optional.empty();
  }

  private static Optional<StackTrace> errorType(Fields fields, String message) {
    return fields.first(ERROR_TYPE).filter(StackTraceReader::isTypeName).map(type -> new StackTrace(
        List.of(new StackTrace.Thrown(type, fields.first(ERROR_MESSAGE).orElse(message), List.of()))));
  }

  private LogRecord plain(Instant time, List<String> lines, PlainHeader header) {
    var head = JulHeader.loggerOf(lines);
    if (head.isPresent()) {
      var record = plain(time, lines.subList(1, lines.size()), PlainHeader.scan(lines.get(1)));
      return new LogRecord(time, record.level(), head.get(), record.message(), record.http(), record.exception(),
          record.tenant());
    }
    var first = lines.getFirst();
    var rest = first.substring(header.messageStart(), header.messageEnd());
    // .NET prints the message on a line of its own.
    var message = rest.isEmpty() && lines.size() > 1 && header.beginsRecord() ? lines.get(1).strip() : rest;
    var text = HttpText.read(message);
    List<String> all = new ArrayList<>(lines);
    all.set(0, message);
    // A message that is itself an exception is the outermost of the chain below it.
    var exception = StackTraceReader.isHeader(message)
        ? StackTraceReader.read(all, StackTraceReader.isOfNode(all))
        : StackTraceReader.read(lines.subList(1, lines.size()), true).or(() -> StackTraceReader.read(all, false));
    return new LogRecord(time, header.level(), logger(header.logger()), text.message(), text.http(), exception,
        tenants.of(message));
  }

  /// A logger's name or call site without its line number, which every release would change.
  private static String logger(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.length();
    while (end > 0 && Characters.isDigit(text.charAt(end - 1))) {
      end--;
    }
    var name = end > 0 && end < text.length() && text.charAt(end - 1) == ':' ? text.substring(0, end - 1) : text;
    var printable = new StringBuilder(name.substring(0, Math.min(name.length(), LONGEST_LOGGER)));
    for (int i = 0; i < printable.length(); i++) {
      if (printable.charAt(i) < ' ') {
        printable.setCharAt(i, ' ');
      }
    }
    return printable.toString().strip();
  }
}
