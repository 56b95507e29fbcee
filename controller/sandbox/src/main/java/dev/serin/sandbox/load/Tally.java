package dev.serin.sandbox.load;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one arm of one image answered.
///
/// @param image    image of the pods
/// @param arm      `stable`, `canary` or `baseline`
/// @param requests answers
/// @param last     when the latest answer came
/// @param failures answers with a status of 400 or more, by the message of the fault behind them; at most 100 messages
public record Tally(String image, String arm, long requests, Instant last, Map<String, Failures> failures) {

  private static final int MAX_FAULTS = 100;

  /// @param count answers with this fault
  /// @param first when the first of them came
  public record Failures(long count, Instant first) {}

  public Tally {
    failures = Map.copyOf(failures);
  }

  /// Answers with a status of 400 or more.
  public long failed() {
    return failures.values().stream().mapToLong(Failures::count).sum();
  }

  Tally plus(HttpConnection.Answer answer, Instant now) {
    if (answer.status() < 400) {
      return new Tally(image, arm, requests + 1, now, failures);
    }
    String fault = answer.fault().isEmpty() ? "status " + answer.status() : answer.fault();
    String key = failures.size() < MAX_FAULTS || failures.containsKey(fault) ? fault : "others";
    Failures before = failures.getOrDefault(key, new Failures(0, now));
    Map<String, Failures> after = new LinkedHashMap<>(failures);
    after.put(key, new Failures(before.count() + 1, before.first()));
    return new Tally(image, arm, requests + 1, now, after);
  }
}
