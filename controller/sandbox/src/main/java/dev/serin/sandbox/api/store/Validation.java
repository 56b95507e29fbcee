package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The checks of Kubernetes that a user of the sandbox can run into: names, selectors, containers, immutable fields.
/// Schemas of custom kinds are not checked.
final class Validation {

  private static final Pattern SUBDOMAIN = Pattern
      .compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern RBAC_NAME = Pattern.compile("[^/%]+");

  private final List<ApiException.Cause> found = new ArrayList<>();

  private Validation() {}

  static void create(ResourceType type, ObjectNode object) {
    var validation = new Validation();
    validation.name(type, object.at("/metadata/name").asText());
    validation.content(type, object);
    validation.finish(type, object);
  }

  static void update(ResourceType type, ObjectNode live, ObjectNode next) {
    var validation = new Validation();
    validation.content(type, next);
    switch (type.resource()) {
      case "deployments.apps", "replicasets.apps" -> validation.immutable(live, next, "/spec/selector");
      case "controllerrevisions.apps" -> validation.immutable(live, next, "/data");
      case "pods" -> validation.podSpec(live, next);
      default -> {
        // Nothing in it is immutable.
      }
    }
    validation.finish(type, next);
  }

  private void name(ResourceType type, String name) {
    var pattern = type.group().equals("rbac.authorization.k8s.io") ? RBAC_NAME : SUBDOMAIN;
    if (name.length() > 253 || !pattern.matcher(name).matches()) {
      invalid("metadata.name", name,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
              + " '-' or '.', and must start and end with an alphanumeric character");
    }
  }

  private void content(ResourceType type, ObjectNode object) {
    switch (type.resource()) {
      case "deployments.apps", "replicasets.apps" -> workload(object);
      case "pods" -> containers(object.path("spec"), "spec");
      case "services" -> servicePorts(object.path("spec"));
      case "customresourcedefinitions.apiextensions.k8s.io" -> definition(object);
      default -> {
        // Any content.
      }
    }
  }

  private void workload(ObjectNode object) {
    var spec = object.path("spec");
    if (spec.path("replicas").asInt() < 0) {
      invalid("spec.replicas", spec.path("replicas").asText(), "must be greater than or equal to 0");
    }
    var selector = spec.path("selector");
    if (selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty()) {
      required("spec.selector");
    } else if (!LabelSelector.ofObject(selector).matches(spec.path("template"))) {
      invalid("spec.template.metadata.labels", spec.at("/template/metadata/labels").toString(),
          "`selector` does not match template `labels`");
    }
    containers(spec.at("/template/spec"), "spec.template.spec");
  }

  private void containers(JsonNode podSpec, String path) {
    var containers = podSpec.path("containers");
    if (containers.isEmpty()) {
      required(path + ".containers");
    }
    for (var i = 0; i < containers.size(); i++) {
      for (var field : List.of("name", "image")) {
        if (containers.get(i).path(field).asText().isEmpty()) {
          required(path + ".containers[" + i + "]." + field);
        }
      }
    }
  }

  private void servicePorts(JsonNode spec) {
    if (spec.path("ports").isEmpty() && !spec.path("type").asText().equals("ExternalName")
        && !spec.path("clusterIP").asText().equals("None")) {
      required("spec.ports");
    }
  }

  private void definition(ObjectNode crd) {
    var spec = crd.path("spec");
    var expected = spec.at("/names/plural").asText() + "." + spec.path("group").asText();
    if (!crd.at("/metadata/name").asText().equals(expected)) {
      invalid("metadata.name", crd.at("/metadata/name").asText(), "must be spec.names.plural+\".\"+spec.group");
    }
    for (var field : List.of("/group", "/scope", "/versions", "/names/plural", "/names/kind")) {
      if (spec.at(field).isMissingNode()) {
        required("spec" + field.replace('/', '.'));
      }
    }
  }

  private void podSpec(ObjectNode live, ObjectNode next) {
    if (!fixedPart(live).equals(fixedPart(next))) {
      found.add(new ApiException.Cause("FieldValueForbidden", "spec",
          "Forbidden: pod updates may not change fields other than"
              + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
              + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"));
    }
  }

  private static JsonNode fixedPart(ObjectNode pod) {
    var spec = pod.withObject("/spec").deepCopy();
    for (var list : List.of("containers", "initContainers")) {
      spec.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
    }
    return spec.remove(List.of("tolerations", "activeDeadlineSeconds", "terminationGracePeriodSeconds"));
  }

  private void immutable(ObjectNode live, ObjectNode next, String pointer) {
    if (!live.at(pointer).equals(next.at(pointer))) {
      invalid(pointer.substring(1).replace('/', '.'), next.at(pointer).toString(), "field is immutable");
    }
  }

  private void required(String field) {
    found.add(new ApiException.Cause("FieldValueRequired", field, "Required value"));
  }

  private void invalid(String field, String value, String why) {
    found.add(new ApiException.Cause("FieldValueInvalid", field, "Invalid value: \"" + value + "\": " + why));
  }

  private void finish(ResourceType type, ObjectNode object) {
    if (!found.isEmpty()) {
      throw ApiException.invalid(type, object.at("/metadata/name").asText(), found);
    }
  }
}
