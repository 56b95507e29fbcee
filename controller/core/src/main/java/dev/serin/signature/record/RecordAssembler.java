package dev.serin.signature.record;

import dev.serin.signature.record.LogRecord.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Joins the lines of one container to records.
///
/// A record goes on through stack frames, causes, tracebacks, goroutines and indented lines, over at most 3 s of the
/// runtime's timestamps. It keeps 128 lines and 65,536 characters; what follows belongs to it but is dropped, so a long
/// trace never falls apart into records of its own. Frames whose beginning was not seen are dropped.
///
/// Not thread-safe: one per container instance.
public final class RecordAssembler {

  static final int MAX_LINES = 128;
  static final int MAX_CHARACTERS = LogLine.MAX_LENGTH;

  private static final Duration LONGEST_GAP = Duration.ofSeconds(3);
  private static final String PYTHON_CHAINED = "The above exception was the direct cause of the following exception:";
  private static final String PYTHON_DURING = "During handling of the above exception, another exception occurred:";

  /// What the lines so far ask for.
  private enum Body {
    TEXT, TRACE, PYTHON_FRAMES, PYTHON_ENDED, GO, ZAP
  }

  private final RecordReader reader;
  private final List<String> lines = new ArrayList<>();
  private Instant started = Instant.EPOCH;
  private Instant latest = Instant.EPOCH;
  private PlainHeader header = PlainHeader.scan("");
  /// That of the message, which for `java.util.logging` stands on the second line.
  private Level level = Level.UNKNOWN;
  private Body body = Body.TEXT;
  private int characters;
  private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
  /// Whether the last line is a piece only, and whether it was kept.
  private boolean cut;
  private boolean kept;

  /// Tenants are found by the usual names of fields.
  public RecordAssembler() {
    this(List.of());
  }

  /// @param tenants
  ///          where records name the tenant, the most telling first; they replace the usual names
  public RecordAssembler(List<TenantSource> tenants) {
    reader = new RecordReader(new TenantField(tenants));
  }

  /// Takes the next line.
  ///
  /// @return the records that it completes, in order: the one before it, and its own if nothing can follow
  public List<LogRecord> accept(LogLine line) {
    boolean rest = cut;
    cut = line.partial();
    if (!rest) {
      kept = false;
      return begin(line);
    }
    if (!kept) {
      return List.of();
    }
    join(line);
    return !cut && lines.size() == 1 ? ended(lines.getFirst()) : List.of();
  }

  private List<LogRecord> begin(LogLine line) {
    var text = line.text();
    var stripped = text.strip();
    boolean near = !lines.isEmpty() && line.time().isBefore(latest.plus(LONGEST_GAP));
    boolean trace = StackTraceReader.isFrame(stripped) || StackTraceReader.isCause(stripped);
    if (stripped.isEmpty() || trace) {
      // Without a beginning it says nothing.
      if (near) {
        body = trace && body == Body.TEXT ? Body.TRACE : body;
        goOn(line);
        return List.of();
      }
      return flush().stream().toList();
    }
    var scanned = PlainHeader.scan(stripped);
    if (near && goesOn(text, stripped, text.length() == stripped.length() ? scanned : PlainHeader.scan(text))) {
      goOn(line);
      return List.of();
    }
    List<LogRecord> completed = new ArrayList<>();
    flush().ifPresent(completed::add);
    start(line, stripped, scanned);
    if (!cut) {
      completed.addAll(ended(stripped));
    }
    return completed;
  }

  /// Nothing can follow an object of JSON.
  private List<LogRecord> ended(String text) {
    return text.startsWith("{") && text.endsWith("}") ? flush().stream().toList() : List.of();
  }

  /// Ends the record under way, if there is one: at the end of the stream, or when it has been quiet for long.
  public Optional<LogRecord> flush() {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var record = reader.read(started, List.copyOf(lines), header).withoutTenantName().withFlaws(flaws);
    lines.clear();
    return Optional.of(record);
  }

  /// Time of the first line of the record under way, if there is one. Every earlier record has been returned.
  public Optional<Instant> underWaySince() {
    return lines.isEmpty() ? Optional.empty() : Optional.of(started);
  }

  private void goOn(LogLine line) {
    latest = line.time();
    add(line, line.text());
  }

  private void start(LogLine line, String text, PlainHeader scanned) {
    started = line.time();
    latest = line.time();
    characters = 0;
    flaws.clear();
    header = scanned;
    level = scanned.level();
    body = text.equals(StackTraceReader.PYTHON_START)
        ? Body.PYTHON_FRAMES
        : text.startsWith(StackTraceReader.GO_PANIC)
            ? Body.GO
            : StackTraceReader.isHeader(text) ? Body.TRACE : Body.TEXT;
    // A piece may end between two words.
    add(line, line.partial() ? line.text().stripLeading() : text);
  }

  private void add(LogLine line, String text) {
    kept = lines.size() < MAX_LINES && characters + text.length() <= MAX_CHARACTERS;
    if (kept) {
      lines.add(text);
      characters += text.length();
    }
    note(line);
  }

  /// Adds the next piece to the last line.
  private void join(LogLine piece) {
    flaws.add(Flaw.SPLIT);
    kept = characters + piece.text().length() <= MAX_CHARACTERS;
    if (kept) {
      var joined = lines.removeLast() + piece.text();
      characters += piece.text().length();
      if (lines.isEmpty()) {
        joined = piece.partial() ? joined : joined.stripTrailing();
        header = PlainHeader.scan(joined);
        level = header.level();
      }
      lines.add(joined);
    }
    note(piece);
  }

  private void note(LogLine line) {
    if (!kept || line.truncated()) {
      flaws.add(Flaw.TRUNCATED);
    }
  }

  private boolean goesOn(String text, String stripped, PlainHeader scanned) {
    if (lines.size() == 1 && JulHeader.matches(lines.getFirst())) {
      level = scanned.level();
      return true;
    }
    if (scanned.beginsRecord() || JulHeader.matches(stripped)
        || RecordReader.fields(stripped).isPresent()) {
      return false;
    }
    boolean indented = text.charAt(0) <= ' ';
    return indented || switch (body) {
      case TEXT -> begins(stripped);
      case TRACE -> stripped.equals(StackTraceReader.NODE_BLOCK_END);
      case PYTHON_FRAMES -> ends();
      case PYTHON_ENDED -> chains(stripped);
      case GO -> true;
      case ZAP -> StackTraceReader.isGoFunction(stripped);
    };
  }

  /// Whether a trace begins that the message before it announced; below WARN it is a record of its own, unless Go's server
  /// says that it caught a panic.
  private boolean begins(String text) {
    if (lines.size() == 1 && text.startsWith(StackTraceReader.GO_STACK)
        && lines.getFirst().startsWith(StackTraceReader.GO_SERVING, header.messageStart())) {
      body = Body.GO;
      return true;
    }
    if (!level.atLeast(Level.WARN)) {
      return false;
    }
    if (text.equals(StackTraceReader.PYTHON_START)) {
      body = Body.PYTHON_FRAMES;
    } else if (text.startsWith(StackTraceReader.GO_STACK) || text.startsWith(StackTraceReader.GO_PANIC)) {
      body = Body.GO;
    } else if (FixedHeader.isZap(lines.getFirst()) && StackTraceReader.isGoFunction(text)) {
      body = Body.ZAP;
    } else if (StackTraceReader.isHeader(text)) {
      body = Body.TRACE;
    }
    return body != Body.TEXT;
  }

  /// The exception itself is the first line of a traceback without indentation.
  private boolean ends() {
    body = Body.PYTHON_ENDED;
    return true;
  }

  private boolean chains(String text) {
    if (text.equals(StackTraceReader.PYTHON_START)) {
      body = Body.PYTHON_FRAMES;
      return true;
    }
    return text.equals(PYTHON_CHAINED) || text.equals(PYTHON_DURING);
  }
}
