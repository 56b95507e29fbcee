package dev.serin.signature;

import dev.serin.signature.record.Level;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.StackTrace;
import dev.serin.signature.text.Canonicaliser;
import dev.serin.signature.text.WildcardTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what a record means: a request, a failure, and which signature it counts for.
///
/// @param named
///          the user's signatures; the first that matches wins over every automatic one
/// @param requests
///          messages that are request records though they tell neither method, route nor duration
public record RecordRules(List<NamedTemplate> named, Optional<WildcardTemplate> requests) {

  private static final int FIRST_FAILED_STATUS = 400;
  private static final int TOP_FRAMES = 5;
  private static final List<String> SOFT_ERRORS = List.of("failed", "failure", "denied", "timeout", "null",
      "not found");

  public RecordRules {
    named = List.copyOf(named);
  }

  /// Whether the record tells the end of one HTTP request, so that it may count as exposure.
  public boolean isRequest(LogRecord record) {
    boolean told = record.method().isPresent() || record.route().isPresent() || record.timed();
    boolean matched = requests.isPresent() && requests.get().matches(record.message());
    return matched || (told && record.status().isPresent());
  }

  /// Whether it is a request that ended with status 400 or above. These are the failed ones of the total of errors, which
  /// compares what clients and dashboards see too: an error behind a status of success is a signature of its own, but not
  /// among them.
  public boolean isFailedRequest(LogRecord record) {
    return record.status().orElse(0) >= FIRST_FAILED_STATUS && isRequest(record);
  }

  /// Whether the response says success by its status and an error in its body or in a field of the record.
  private boolean isErrorInSuccess(LogRecord record) {
    return record.http().errorTold() && record.status().orElse(0) / 100 == 2 && isRequest(record);
  }

  /// Whether the application itself calls it an error: level ERROR or above, or with an exception.
  public boolean isErrorRecord(LogRecord record) {
    return record.level().atLeast(Level.ERROR) || record.exception().isPresent();
  }

  /// The one signature that the record counts for; none for a record without trouble.
  public Optional<Signature> signatureOf(LogRecord record) {
    var certain = certain(record);
    if (certain.isPresent()) {
      return certain;
    }
    var template = Canonicaliser.canonicalise(record.message());
    if (isFailedRequest(record) || isErrorInSuccess(record)) {
      return Optional.of(http(record, template));
    }
    return record.level().atLeast(Level.WARN) || isSoftError(record.level(), template)
        ? Optional.of(log(record, template))
        : Optional.empty();
  }

  /// The name of any record: its signature, or for one without trouble what it would count for.
  public Signature nameOf(LogRecord record) {
    return signatureOf(record).orElseGet(() -> {
      var template = Canonicaliser.canonicalise(record.message());
      return isRequest(record) && record.status().isPresent() ? http(record, template) : log(record, template);
    });
  }

  /// What a record counts for whatever its level is.
  private Optional<Signature> certain(LogRecord record) {
    if (named.isEmpty()) {
      return record.exception().map(RecordRules::exception);
    }
    var texts = texts(record);
    return named.stream().filter(template -> texts.stream().anyMatch(template::matches)).findFirst()
        .map(Signature::named).or(() -> record.exception().map(RecordRules::exception));
  }

  private static List<String> texts(LogRecord record) {
    List<String> texts = new ArrayList<>();
    texts.add(record.message());
    record.exception().ifPresent(trace -> trace.chain().forEach(thrown -> texts.add(thrown.message())));
    return texts;
  }

  private static Signature exception(StackTrace trace) {
    var root = trace.rootCause();
    var chain = trace.chain().stream().map(StackTrace.Thrown::type).collect(Collectors.joining(" > "));
    var message = Canonicaliser.canonicalise(root.message());
    var frames = trace.chain().reversed().stream().map(StackTrace.Thrown::frames).filter(list -> !list.isEmpty())
        .findFirst().orElse(List.of()).stream().limit(TOP_FRAMES).collect(Collectors.joining(" < "));
    var simpleName = root.type().substring(root.type().lastIndexOf('.') + 1);
    var template = message.isEmpty() ? simpleName : simpleName + ": " + message;
    return Signature.of(Family.EXC, List.of(root.type(), chain), template,
        List.of(root.type(), chain, frames, message));
  }

  private Signature http(LogRecord record, String template) {
    var status = String.valueOf(record.status().orElseThrow());
    var method = record.method().orElse("");
    var route = record.route().orElse("");
    // The code is a part of the level: below it messages that differ in words may be united, codes never.
    var code = record.http().errorCode().filter(_ -> isFailedRequest(record) || isErrorInSuccess(record)).stream()
        .toList();
    var request = Stream.concat(Stream.of(status, method, route), code.stream()).filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
    var identity = Stream.of(List.of(status, method, route), code, List.of(template)).flatMap(List::stream).toList();
    return Signature.of(Family.HTTP, List.of(status.charAt(0) + "xx", request), template.isEmpty() ? request : template,
        identity);
  }

  private static Signature log(LogRecord record, String template) {
    var level = record.level().name();
    return Signature.of(Family.LOG, List.of(level, record.logger()),
        template.isEmpty() ? Canonicaliser.VARIABLE : template, List.of(level, record.logger(), template));
  }

  /// A failure that the application logs as if it were none; what it logs below INFO it does not mean to be seen.
  private static boolean isSoftError(Level level, String template) {
    if (level != Level.INFO && level != Level.UNKNOWN) {
      return false;
    }
    var text = template.toLowerCase(Locale.ROOT);
    for (var error : SOFT_ERRORS) {
      for (int at = text.indexOf(error); at >= 0; at = text.indexOf(error, at + 1)) {
        int end = at + error.length();
        if ((at == 0 || text.charAt(at - 1) == ' ') && (end == text.length() || text.charAt(end) == ' ')) {
          return true;
        }
      }
    }
    return false;
  }
}
