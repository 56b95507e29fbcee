package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where two JSON values differ, in words.
final class Difference {

  private static final int LONGEST = 80;

  private Difference() {}

  /// One text such as `spec.replicas: 3 -> 5` for each differing member. Lists are compared as a whole; an absent value
  /// equals an empty one.
  static List<String> between(JsonNode old, JsonNode now) {
    return at("", old, now).toList();
  }

  private static Stream<String> at(String path, JsonNode old, JsonNode now) {
    if (old.equals(now) || (empty(old) && empty(now))) {
      return Stream.empty();
    }
    if (!old.isObject() && !now.isObject()) {
      return Stream.of(path + ": " + text(old) + " -> " + text(now));
    }
    TreeSet<String> names = new TreeSet<>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .flatMap(name -> at(path.isEmpty() ? name : path + "." + name, old.path(name), now.path(name)));
  }

  private static boolean empty(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  private static String text(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
