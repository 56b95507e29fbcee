package dev.serin.sandbox.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A label selector: all requirements hold.
public record LabelSelector(List<Requirement> requirements) {

  /// One condition on one label.
  ///
  /// @param values
  ///          empty for `EXISTS` and `ABSENT`
  public record Requirement(String label, Operator operator, Set<String> values) {

    boolean holds(JsonNode labels) {
      var value = labels.path(label);
      return switch (operator) {
        case IN -> !value.isMissingNode() && values.contains(value.asText());
        case NOT_IN -> value.isMissingNode() || !values.contains(value.asText());
        case EXISTS -> !value.isMissingNode();
        case ABSENT -> value.isMissingNode();
      };
    }
  }

  /// How a label is compared. As in Kubernetes, `NOT_IN` holds where the label is absent.
  public enum Operator {
    IN, NOT_IN, EXISTS, ABSENT
  }

  private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final Pattern EQUALITY = Pattern.compile("(" + NAME + ")\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)");
  private static final Pattern MEMBERSHIP = Pattern.compile("(" + NAME + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*(" + NAME + ")");
  private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

  public static final LabelSelector ALL = new LabelSelector(List.of());

  /// Reads `a=b,c!=d,e in (x,y),f notin (z),g,!h`.
  ///
  /// @throws IllegalArgumentException
  ///           when it is not a selector
  public static LabelSelector parse(String text) {
    if (text.isBlank()) {
      return ALL;
    }
    return new LabelSelector(
        COMMA_OUTSIDE_PARENTHESES.splitAsStream(text).map(part -> requirement(part.strip())).toList());
  }

  /// Reads `matchLabels` and `matchExpressions`.
  public static LabelSelector ofObject(JsonNode selector) {
    var requirements = new ArrayList<>(ofMap(selector.path("matchLabels")).requirements);
    for (var expression : selector.path("matchExpressions")) {
      var values = StreamSupport.stream(expression.path("values").spliterator(), false).map(JsonNode::asText)
          .collect(Collectors.toUnmodifiableSet());
      requirements.add(
          new Requirement(expression.path("key").asText(), operator(expression.path("operator").asText()), values));
    }
    return new LabelSelector(List.copyOf(requirements));
  }

  /// Reads a plain map of labels, as a Service selects.
  public static LabelSelector ofMap(JsonNode labels) {
    return new LabelSelector(labels.properties().stream()
        .map(label -> new Requirement(label.getKey(), Operator.IN, Set.of(label.getValue().asText()))).toList());
  }

  public boolean matches(JsonNode object) {
    var labels = object.path("metadata").path("labels");
    return requirements.stream().allMatch(requirement -> requirement.holds(labels));
  }

  private static Requirement requirement(String part) {
    var equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      return new Requirement(equality.group(1), equality.group(3).equals("!=") ? Operator.NOT_IN : Operator.IN,
          Set.of(equality.group(4)));
    }
    var membership = MEMBERSHIP.matcher(part);
    if (membership.matches()) {
      return new Requirement(membership.group(1), membership.group(3).equals("in") ? Operator.IN : Operator.NOT_IN,
          Stream.of(membership.group(4).split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet()));
    }
    var presence = PRESENCE.matcher(part);
    if (presence.matches()) {
      return new Requirement(presence.group(2), presence.group(1).isEmpty() ? Operator.EXISTS : Operator.ABSENT,
          Set.of());
    }
    throw new IllegalArgumentException("unable to parse requirement: " + part);
  }

  private static Operator operator(String name) {
    return switch (name) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.ABSENT;
      default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid label selector operator");
    };
  }
}
