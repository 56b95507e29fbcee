package dev.serin.operator;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One JSON object a line: `time`, `level`, `logger`, `msg`, then the facts of the statement under their own names.
///
/// Inside the reconcile loop `namespace` and `rollout` are there without being given. Control characters and those that
/// change the direction of text are escaped, so that no value can forge a line or disguise itself in a terminal.
public final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  private static final int TEXT_LIMIT = 4_096;
  private static final int FRAMES = 20;
  private static final int CAUSES = 5;
  private static final Map<String, String> FRAMEWORK_FACTS = Map.of("resource.namespace", "namespace", "resource.name",
      "rollout");
  private static final Set<String> OURS = Set.of("time", "level", "logger", "msg", "error", "stack");

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("time", event.getInstant());
    facts.put("level", event.getLevel());
    facts.put("logger", event.getLoggerName());
    facts.put("msg", event.getFormattedMessage());
    var context = event.getMDCPropertyMap();
    FRAMEWORK_FACTS.forEach((key, name) -> {
      if (context.containsKey(key)) {
        facts.put(name, context.get(key));
      }
    });
    if (event.getKeyValuePairs() != null) {
      for (var pair : event.getKeyValuePairs()) {
        facts.put(OURS.contains(pair.key) ? pair.key + "_" : pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      var failure = event.getThrowableProxy();
      facts.put("error", failure.getClassName() + ": " + failure.getMessage());
      facts.put("stack", stack(failure));
    }
    return (object(facts) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String stack(IThrowableProxy failure) {
    var text = new StringBuilder();
    IThrowableProxy cause = failure;
    for (var depth = 0; cause != null && depth < CAUSES; depth++) {
      text.append(depth == 0 ? "" : " <- ").append(cause.getClassName());
      var frames = cause.getStackTraceElementProxyArray();
      for (var i = 0; i < frames.length && i < FRAMES; i++) {
        text.append(i == 0 ? " at " : ", ").append(frames[i].getStackTraceElement());
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String object(Map<String, Object> facts) {
    var json = new StringBuilder("{");
    facts.forEach((key, value) -> {
      if (json.length() > 1) {
        json.append(',');
      }
      quote(json, key);
      json.append(':');
      switch (value) {
        case null -> json.append("null");
        case Integer number -> json.append(number.intValue());
        case Long number -> json.append(number.longValue());
        case Boolean truth -> json.append(truth.booleanValue());
        // NaN and infinities are no JSON numbers.
        case Double number when Double.isFinite(number) -> json.append(number.doubleValue());
        default -> quote(json, String.valueOf(value));
      }
    });
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (var i = 0; i < text.length() && i < TEXT_LIMIT; i++) {
      var c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (plain(c)) {
        json.append(c);
      } else {
        json.append(String.format("\\u%04x", (int) c));
      }
    }
    json.append(text.length() > TEXT_LIMIT ? "…\"" : "\"");
  }

  private static boolean plain(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE, Character.UNASSIGNED ->
        false;
      default -> true;
    };
  }
}
