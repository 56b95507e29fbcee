package dev.serin.sandbox.app;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the application knows about one answered request, before it is formatted.
record RequestRecord(Instant at, String method, String path, String route, int status, Duration took, String tenant,
    String message, @Nullable String exception) {

  boolean failed() {
    return status >= 400 || !message.isEmpty();
  }

  /// ERROR when the server is at fault, WARN for a refused request, else INFO.
  String level() {
    if (status >= 500 || exception != null || (status < 400 && failed())) {
      return "ERROR";
    }
    return failed() ? "WARN" : "INFO";
  }

  String text() {
    return message.isEmpty() ? method + " " + route + " answered" : message;
  }
}
