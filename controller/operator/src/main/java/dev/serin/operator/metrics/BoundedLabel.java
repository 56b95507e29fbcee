package dev.serin.operator.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A label that takes a limited number of short plain values; whatever comes after that is `other`.
final class BoundedLabel {
  private static final String OTHER = "other";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,62}");

  private final int limit;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  BoundedLabel(int limit) {
    this.limit = limit;
  }

  String of(String value) {
    if (seen.contains(value)) {
      return value;
    }
    if (!PLAIN.matcher(value).matches()) {
      return OTHER;
    }
    // Two threads may each find one place free and both take it: the limit is a bound on growth, not a quota.
    if (seen.size() >= limit) {
      return OTHER;
    }
    seen.add(value);
    return value;
  }
}
