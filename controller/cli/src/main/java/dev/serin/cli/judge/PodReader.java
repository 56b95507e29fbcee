package dev.serin.cli.judge;

import dev.serin.judge.Evidence;
import dev.serin.judge.PodCounts;
import dev.serin.signature.SignatureId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One pod of a window while it is read.
final class PodReader implements JsonLine.Item<PodCounts> {

  private static final Set<String> FIELDS = new LinkedHashSet<>(
      List.of("pod", "requests", "failures", "events", "age", "tenants", "latency"));
  /// Names of sums, which nobody counts apart.
  private static final Set<SignatureId> RESERVED = Set.of(Evidence.TOTAL_ERRORS, Evidence.OTHER);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final String NO_BOUND = "+Inf";

  private @Nullable String pod;
  private long requests = -1;
  private long failures = -1;
  private @Nullable Duration age;
  private @Nullable SortedMap<SignatureId, Long> events;
  private final SortedMap<String, SortedMap<SignatureId, Long>> tenants = new TreeMap<>();
  private final SortedMap<Double, Long> latency = new TreeMap<>();

  @Override
  public void read(JsonLine json, String name) throws IOException {
    switch (name) {
      case "pod" -> pod = json.text();
      case "requests" -> requests = json.count();
      case "failures" -> failures = json.count();
      case "age" -> age = Duration.ofSeconds(json.count());
      case "events" -> events = events(json);
      case "tenants" -> json.object(tenant -> tenants.put(tenant, events(json)));
      case "latency" -> json.object(bound -> latency.put(bound(json, bound), json.count()));
      default -> throw json.unknown(name, FIELDS);
    }
  }

  private static SortedMap<SignatureId, Long> events(JsonLine json) throws IOException {
    SortedMap<SignatureId, Long> events = new TreeMap<>();
    json.object(name -> {
      if (name.isBlank() || name.length() > PodCounts.MAX_ID_LENGTH) {
        throw json.wrong("is no name of a signature: 1 to " + PodCounts.MAX_ID_LENGTH + " characters");
      }
      SignatureId signature = new SignatureId(name);
      if (RESERVED.contains(signature)) {
        throw json.wrong("is the name of a sum, which is not counted apart");
      }
      events.put(signature, json.count());
    });
    return events;
  }

  private static double bound(JsonLine json, String text) {
    if (text.equals(NO_BOUND)) {
      return Double.POSITIVE_INFINITY;
    }
    if (!SECONDS.matcher(text).matches() || Double.parseDouble(text) == 0) {
      throw json.wrong("is no upper bound in seconds such as 0.25 or +Inf");
    }
    return Double.parseDouble(text);
  }

  @Override
  public PodCounts made(JsonLine json) {
    if (pod == null || requests < 0 || events == null) {
      throw json.wrong("lacks the field " + (pod == null ? "pod" : requests < 0 ? "requests" : "events"));
    }
    SortedMap<SignatureId, Long> counted = events;
    counted.forEach((signature, count) -> {
      if (count > requests) {
        throw refusal(json, "events of " + signature + " are " + count + ", above its " + requests + " requests");
      }
    });
    checkTenants(json, counted);
    checkLatency(json);
    return new PodCounts(pod, requests, failures(json, counted), counted, age, tenants, latency);
  }

  private long failures(JsonLine json, SortedMap<SignatureId, Long> counted) {
    if (failures > requests) {
      throw refusal(json, "failures are " + failures + ", above its " + requests + " requests");
    }
    if (failures >= 0) {
      return failures;
    }
    double sum = counted.values().stream().mapToDouble(Long::doubleValue).sum();
    if (sum > requests) {
      throw refusal(json, "events are " + (long) sum + " together, above its " + requests
          + " requests: add failures, the number of requests that failed");
    }
    return (long) sum;
  }

  private void checkTenants(JsonLine json, SortedMap<SignatureId, Long> counted) {
    SortedMap<SignatureId, Double> sums = new TreeMap<>();
    tenants.values().forEach(own -> own
        .forEach((signature, count) -> sums.merge(signature, count.doubleValue(), Double::sum)));
    sums.forEach((signature, sum) -> {
      if (sum > counted.getOrDefault(signature, 0L)) {
        throw refusal(json, "tenants have " + sum.longValue() + " events of " + signature + " together, above the "
            + counted.getOrDefault(signature, 0L) + " of the pod");
      }
    });
  }

  private void checkLatency(JsonLine json) {
    long atMost = 0;
    for (long count : latency.values()) {
      if (count < atMost || count > requests) {
        throw refusal(json, "latency must count requests at most so slow: rising with the bound, at most " + requests);
      }
      atMost = count;
    }
    // It says how many requests there were, which is known.
    Long all = latency.remove(Double.POSITIVE_INFINITY);
    if (all != null && all != requests) {
      throw refusal(json, "latency has " + all + " requests at +Inf, but the pod has " + requests);
    }
  }

  private dev.serin.cli.input.InputException refusal(JsonLine json, String message) {
    return json.refusal("pod " + pod + ": " + message);
  }
}
