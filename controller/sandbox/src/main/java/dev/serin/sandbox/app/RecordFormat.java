package dev.serin.sandbox.app;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns request records into the lines that a real application of that log format would write.
final class RecordFormat {

  private static final String LOGGER = "dev.serin.shop.CommunityController";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
      .withZone(ZoneOffset.UTC);
  private static final List<String> FRAMES = List.of("\tat dev.serin.shop.CommunityStore.find(CommunityStore.java:87)",
      "\tat dev.serin.shop.CommunityService.open(CommunityService.java:41)",
      "\tat dev.serin.shop.CommunityController.get(CommunityController.java:29)",
      "\tat java.base/java.lang.VirtualThread.run(VirtualThread.java:466)");

  private RecordFormat() {}

  static List<String> lines(LogFormat format, RequestRecord request) {
    return switch (format) {
      case JSON -> List.of(Serialization.asJson(fields(request)));
      case LOGFMT -> List.of(logfmt(request));
      case PLAIN -> List.of(plain(request));
      case JAVA_STACK -> withStack(request);
    };
  }

  private static Map<String, Object> fields(RequestRecord request) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", TIME.format(request.at()));
    fields.put("level", request.level());
    fields.put("logger", LOGGER);
    fields.put("message", request.text());
    fields.put("method", request.method());
    fields.put("route", request.route());
    fields.put("status", request.status());
    fields.put("duration_ms", request.took().toMillis());
    fields.put("tenantId", request.tenant());
    if (request.exception() != null) {
      fields.put("stack_trace", String.join("\n", stack(request)));
    }
    return fields;
  }

  private static String logfmt(RequestRecord request) {
    String line = "ts=%s level=%s logger=%s msg=%s method=%s route=%s status=%d duration_ms=%d tenantId=%s".formatted(
        TIME.format(request.at()), request.level().toLowerCase(Locale.ROOT), LOGGER,
        Serialization.asJson(request.text()), request.method(), request.route(), request.status(),
        request.took().toMillis(), request.tenant());
    return request.exception() == null ? line : line + " error.type=" + request.exception();
  }

  private static String plain(RequestRecord request) {
    String head = "%s %-5s [http] %s - ".formatted(TIME.format(request.at()), request.level(), LOGGER);
    String access = "%s %s %d %dms".formatted(request.method(), request.path(), request.status(),
        request.took().toMillis());
    return head + (request.message().isEmpty() ? access : request.message() + " (" + access + ")");
  }

  private static List<String> withStack(RequestRecord request) {
    List<String> lines = new ArrayList<>();
    lines.add(plain(request));
    if (request.exception() != null) {
      lines.addAll(stack(request));
    }
    return lines;
  }

  private static List<String> stack(RequestRecord request) {
    List<String> lines = new ArrayList<>();
    lines.add(request.exception() + ": " + request.message());
    lines.addAll(FRAMES);
    return lines;
  }
}
