package dev.serin.sandbox.pods;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to a kubelet for a container's log.
///
/// @param limitBytes
///          bytes after which the answer ends; `Long.MAX_VALUE` for none
record LogQuery(String namespace, String pod, String container, boolean follow, boolean previous, boolean timestamps,
    @Nullable Instant since, @Nullable Long tailLines, long limitBytes) {

  /// Reads `/containerLogs/{namespace}/{pod}/{container}` and its parameters.
  ///
  /// @throws IllegalArgumentException
  ///           if path or a parameter is malformed; the message names it
  static LogQuery parse(URI uri, InstantSource clock) {
    String[] path = uri.getPath().split("/", -1);
    if (path.length != 5 || !path[1].equals("containerLogs")) {
      throw new IllegalArgumentException("the path must be /containerLogs/{namespace}/{pod}/{container}");
    }
    Map<String, String> parameters = parameters(uri);
    Long limit = number(parameters, "limitBytes");
    return new LogQuery(path[2], path[3], path[4], flag(parameters, "follow"), flag(parameters, "previous"),
        flag(parameters, "timestamps"), since(parameters, clock), number(parameters, "tailLines"),
        limit == null ? Long.MAX_VALUE : limit);
  }

  private static Map<String, String> parameters(URI uri) {
    Map<String, String> parameters = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", 50)) {
        String[] parts = pair.split("=", 2);
        parameters.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static boolean flag(Map<String, String> parameters, String name) {
    String value = parameters.getOrDefault(name, "false");
    return value.equals("true") || value.equals("1");
  }

  private static @Nullable Long number(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value != null && !value.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(name + " must be a number of at least 0");
    }
    return value == null ? null : Long.valueOf(value);
  }

  private static @Nullable Instant since(Map<String, String> parameters, InstantSource clock) {
    Long seconds = number(parameters, "sinceSeconds");
    if (seconds != null) {
      return clock.instant().minusSeconds(seconds);
    }
    try {
      String time = parameters.get("sinceTime");
      // A kubelet keeps whole seconds only, whatever the client sends.
      return time == null ? null : Instant.parse(time).truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("sinceTime must be an RFC 3339 time", e);
    }
  }
}
