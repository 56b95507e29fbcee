package dev.serin.cli.judge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Words to write input with.
final class Ndjson {

  private Ndjson() {}

  /// A window of 10 s with one pod in each arm: 100 canary requests, 900 stable ones, these timeouts.
  static String window(String run, long window, long canary, long baseline) {
    return """
        {"run":"%s","window":%d,"seconds":10,"burnIn":false,"canary":[{"pod":"c0","requests":100,"events":{"timeout":%d}}],\
        "baseline":[{"pod":"b0","requests":900,"events":{"timeout":%d}}],"complete":true}"""
        .formatted(run, window,
            canary, baseline);
  }

  static String end(String run) {
    return "{\"run\":\"" + run + "\",\"end\":true}";
  }

  static ByteArrayInputStream stream(List<String> lines) {
    return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /// What is reported when each run is reported once.
  static List<RunReport> judged(RunPolicy policy, List<String> lines) {
    return judged(policy, false, lines);
  }

  static List<RunReport> judged(RunPolicy policy, boolean everyWindow, List<String> lines) {
    List<RunReport> reports = new ArrayList<>();
    try {
      new Runs(policy, everyWindow, reports::add).read(stream(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reports;
  }
}
