package dev.serin.operator.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which events are worth writing: each once in ten minutes, and for one object 25 at once, then one every five
/// minutes.
///
/// Forgets the objects and events that were quiet longest when it knows more than 4,096: a loop over very many of them
/// may then repeat an event, but not grow.
final class EventBudget {
  private static final Duration REPEAT = Duration.ofMinutes(10);
  private static final Duration REFILL = Duration.ofMinutes(5);
  private static final int BURST = 25;
  private static final int KNOWN = 4_096;

  private final Map<String, Instant> written = leastRecent();
  private final Map<String, Bucket> buckets = leastRecent();

  enum Answer {
    WRITE, MERGE, LIMIT
  }

  private record Bucket(double tokens, Instant at) {
    Bucket at(Instant now) {
      // A clock that was set back gives nothing and takes nothing.
      var passed = Duration.between(at, now);
      return passed.isNegative()
          ? new Bucket(tokens, now)
          : new Bucket(Math.min(BURST, tokens + (double) passed.toMillis() / REFILL.toMillis()), now);
    }
  }

  /// @param object identity of the object, by uid
  /// @param event identity of the event among that object's
  synchronized Answer ask(String object, String event, Instant now) {
    var key = object + '/' + event;
    var before = written.get(key);
    if (before != null && Duration.between(before, now).abs().compareTo(REPEAT) < 0) {
      return Answer.MERGE;
    }
    var bucket = buckets.getOrDefault(object, new Bucket(BURST, now)).at(now);
    if (bucket.tokens() < 1) {
      buckets.put(object, bucket);
      return Answer.LIMIT;
    }
    buckets.put(object, new Bucket(bucket.tokens() - 1, now));
    written.put(key, now);
    return Answer.WRITE;
  }

  private static <V> Map<String, V> leastRecent() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.@Nullable Entry<String, V> eldest) {
        return size() > KNOWN;
      }
    };
  }
}
