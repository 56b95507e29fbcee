package dev.serin.sandbox.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A field selector: all requirements hold. A field that an object lacks is the empty string.
public record FieldSelector(List<Requirement> requirements) {

  /// @param path
  ///          JSON pointer
  public record Requirement(String path, boolean equal, String value) {}

  public static final FieldSelector ALL = new FieldSelector(List.of());

  private static final Pattern TERM = Pattern.compile("([A-Za-z.]+)(==|=|!=)(.*)");
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Set<String> OF_PODS = Set.of("spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName",
      "status.phase", "status.podIP");
  private static final Set<String> OF_EVENTS = Set.of("involvedObject.kind", "involvedObject.namespace",
      "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
      "involvedObject.fieldPath", "reason", "type", "reportingComponent", "source");

  /// @param plural
  ///          the resource, such as `pods`, which decides the fields that can be selected
  /// @throws IllegalArgumentException
  ///           when a field cannot be selected, or the text is not a selector
  public static FieldSelector parse(String text, String plural) {
    if (text.isBlank()) {
      return ALL;
    }
    return new FieldSelector(Pattern.compile(",").splitAsStream(text).map(term -> requirement(term, plural)).toList());
  }

  public boolean matches(JsonNode object) {
    return requirements.stream()
        .allMatch(requirement -> requirement.equal == object.at(requirement.path).asText().equals(requirement.value));
  }

  private static Requirement requirement(String text, String plural) {
    var term = TERM.matcher(text.strip());
    if (!term.matches()) {
      throw new IllegalArgumentException("invalid field selector: " + text);
    }
    // Events are stored in their core form, where `regarding` is called `involvedObject`.
    var field = plural.equals("events")
        ? term.group(1).replaceFirst("^regarding\\.", "involvedObject.")
        : term.group(1);
    if (!EVERYWHERE.contains(field) && !selectable(plural).contains(field)) {
      throw new IllegalArgumentException("field label not supported: " + term.group(1));
    }
    var path = field.equals("source") ? "source.component" : field;
    return new Requirement("/" + path.replace('.', '/'), !term.group(2).equals("!="), term.group(3));
  }

  private static Set<String> selectable(String plural) {
    return switch (plural) {
      case "pods" -> OF_PODS;
      case "events" -> OF_EVENTS;
      case "namespaces" -> Set.of("status.phase");
      case "nodes" -> Set.of("spec.unschedulable");
      case "secrets" -> Set.of("type");
      case "replicasets" -> Set.of("status.replicas");
      default -> Set.of();
    };
  }
}
