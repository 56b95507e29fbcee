package dev.serin.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Columns of the built-in kinds (pkg/printers/internalversion in Kubernetes v1.36.3).
final class BuiltInColumns {

  private static final String NONE = "<none>";

  private BuiltInColumns() {}

  /// @param resource
  ///          such as `deployments.apps`
  static List<Column> of(String resource) {
    return switch (resource) {
      case "pods" -> PodColumns.all();
      case "deployments.apps" -> deployments();
      case "replicasets.apps" -> replicaSets();
      case "services" -> services();
      case "namespaces" -> List.of(Column.ofName(), Column.text("Status", text("/status/phase")), Column.age());
      case "nodes" -> nodes();
      case "events", "events.events.k8s.io" -> events();
      case "configmaps" -> List.of(Column.ofName(), count("Data", "/data"), Column.age());
      case "secrets" ->
        List.of(Column.ofName(), Column.text("Type", text("/type")), count("Data", "/data"), Column.age());
      case "controllerrevisions.apps" -> List.of(Column.ofName(), Column.text("Controller", BuiltInColumns::owner),
          Column.number("Revision", "/revision"), Column.age());
      case "endpointslices.discovery.k8s.io" ->
        List.of(Column.ofName(), Column.text("AddressType", text("/addressType")),
            Column.text("Ports", slice -> joined(slice.path("ports"), "/port")),
            Column.text("Endpoints", slice -> joined(slice.path("endpoints"), "/addresses/0")), Column.age());
      case "customresourcedefinitions.apiextensions.k8s.io" -> List.of(Column.ofName(),
          Column.text("Created At", text("/metadata/creationTimestamp")));
      default -> List.of(Column.ofName(), Column.age());
    };
  }

  private static List<Column> deployments() {
    return List.of(Column.ofName(),
        Column.text("Ready", d -> d.at("/status/readyReplicas").asInt() + "/" + d.at("/spec/replicas").asInt()),
        Column.number("Up-to-date", "/status/updatedReplicas"), Column.number("Available", "/status/availableReplicas"),
        Column.age(), Column.wide("Containers", d -> joined(d.at("/spec/template/spec/containers"), "/name")),
        Column.wide("Images", d -> joined(d.at("/spec/template/spec/containers"), "/image")),
        Column.wide("Selector", d -> labels(d.at("/spec/selector/matchLabels"))));
  }

  private static List<Column> replicaSets() {
    return List.of(Column.ofName(), Column.number("Desired", "/spec/replicas"),
        Column.number("Current", "/status/replicas"),
        Column.number("Ready", "/status/readyReplicas"), Column.age(),
        Column.wide("Containers", rs -> joined(rs.at("/spec/template/spec/containers"), "/name")),
        Column.wide("Images", rs -> joined(rs.at("/spec/template/spec/containers"), "/image")),
        Column.wide("Selector", rs -> labels(rs.at("/spec/selector/matchLabels"))));
  }

  private static List<Column> services() {
    return List.of(Column.ofName(), Column.text("Type", text("/spec/type")),
        Column.text("Cluster-IP", s -> s.at("/spec/clusterIP").asText(NONE)), Column.text("External-IP", _ -> NONE),
        Column.text("Port(s)", s -> items(s.at("/spec/ports"))
            .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP"))
            .collect(Collectors.joining(","))),
        Column.age(), Column.wide("Selector", s -> labels(s.at("/spec/selector"))));
  }

  private static List<Column> nodes() {
    return List.of(Column.ofName(),
        Column.text("Status", node -> items(node.at("/status/conditions"))
            .anyMatch(c -> c.path("type").asText().equals("Ready") && c.path("status").asText().equals("True"))
                ? "Ready"
                : "NotReady"),
        Column.text("Roles", _ -> NONE), Column.age(),
        Column.text("Version", text("/status/nodeInfo/kubeletVersion")));
  }

  private static List<Column> events() {
    return List.of(
        Column.timed("Last Seen",
            (event,
                now) -> Ages.since(Stream.of("/series/lastObservedTime", "/lastTimestamp", "/deprecatedLastTimestamp",
                    "/eventTime", "/metadata/creationTimestamp").map(at -> event.at(at).asText())
                    .filter(time -> !time.isEmpty() && !time.equals("null"))
                    .findFirst().orElse(""), now)),
        Column.text("Type", text("/type")), Column.text("Reason", text("/reason")),
        Column.text("Object", event -> {
          var object = event.has("regarding") ? event.path("regarding") : event.path("involvedObject");
          return object.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + object.path("name").asText();
        }), Column.text("Message", event -> event.path(event.has("note") ? "note" : "message").asText().strip()));
  }

  private static Column count(String name, String pointer) {
    return new Column(name, "string", "", name, 0,
        (object, _) -> IntNode.valueOf(object.at(pointer).size()));
  }

  private static Function<JsonNode, String> text(String pointer) {
    return object -> object.at(pointer).asText();
  }

  private static String owner(JsonNode object) {
    var owner = object.at("/metadata/ownerReferences/0");
    return owner.isMissingNode()
        ? NONE
        : owner.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + owner.path("name").asText();
  }

  private static String joined(JsonNode list, String pointer) {
    return list.isEmpty() ? NONE : items(list).map(item -> item.at(pointer).asText()).collect(Collectors.joining(","));
  }

  private static String labels(JsonNode labels) {
    return labels.isEmpty()
        ? NONE
        : labels.properties().stream().map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(","));
  }

  private static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
