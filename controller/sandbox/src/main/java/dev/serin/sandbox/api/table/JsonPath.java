package dev.serin.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The JSONPath of `additionalPrinterColumns`: `.a.b`, `['a']`, `[0]`, `[*]`, `[?(@.type=="Ready")]`. Anything else
/// finds nothing.
final class JsonPath {

  private static final Pattern STEP = Pattern.compile("""
      \\.(?<field>[A-Za-z0-9_-]+|\\*)\
      |\\['(?<quoted>[^']*)'\\]\
      |\\[(?<index>\\d+|\\*)\\]\
      |\\[\\?\\(@\\.(?<key>[A-Za-z0-9_.-]+)\\s*==\\s*["'](?<value>[^"']*)["']\\)\\]""");

  private final List<Step> steps;

  /// One step of the path.
  private sealed interface Step {

    record Field(String name) implements Step {}

    record Index(int position) implements Step {}

    record All() implements Step {}

    record Where(String pointer, String value) implements Step {}
  }

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  static JsonPath parse(String text) {
    var steps = new ArrayList<Step>();
    var matcher = STEP.matcher(text.replace("\\.", "\u0000"));
    while (matcher.lookingAt()) {
      if (matcher.group("field") != null) {
        steps.add(matcher.group("field").equals("*") ? new Step.All() : new Step.Field(matcher.group("field")));
      } else if (matcher.group("quoted") != null) {
        steps.add(new Step.Field(matcher.group("quoted").replace('\u0000', '.')));
      } else if (matcher.group("index") != null) {
        steps.add(matcher.group("index").equals("*")
            ? new Step.All()
            : new Step.Index(Integer.parseInt(matcher.group("index"))));
      } else {
        steps.add(new Step.Where("/" + matcher.group("key").replace('.', '/'), matcher.group("value")));
      }
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    var complete = matcher.regionStart() == matcher.regionEnd();
    return new JsonPath(complete ? List.copyOf(steps) : List.of(new Step.Index(0)));
  }

  /// Every value that the path leads to.
  List<JsonNode> find(JsonNode root) {
    var found = Stream.of(root);
    for (var step : steps) {
      found = found.flatMap(node -> follow(node, step));
    }
    return found.filter(node -> !node.isMissingNode() && !node.isNull()).toList();
  }

  private static Stream<JsonNode> follow(JsonNode node, Step step) {
    return switch (step) {
      case Step.Field(var name) -> Stream.of(node.path(name));
      case Step.Index(var position) -> Stream.of(node.path(position));
      case Step.All() -> StreamSupport.stream(node.spliterator(), false);
      case Step.Where(var pointer, var value) -> StreamSupport.stream(node.spliterator(), false)
          .filter(item -> item.at(pointer).asText().equals(value));
    };
  }
}
