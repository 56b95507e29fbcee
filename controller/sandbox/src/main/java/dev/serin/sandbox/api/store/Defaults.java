package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The few defaults of built-in kinds that clients and controllers read. Others, and those of custom schemas, are
/// left out.
final class Defaults {

  private Defaults() {}

  /// Fills in place.
  static void apply(ResourceType type, ObjectNode object) {
    switch (type.resource()) {
      case "deployments.apps" -> deployment(object.withObject("/spec"));
      case "replicasets.apps" -> {
        number(object.withObject("/spec"), "replicas", 1);
        pod(object.withObject("/spec/template/spec"));
      }
      case "pods" -> pod(object.withObject("/spec"));
      case "services" -> service(object.withObject("/spec"));
      case "secrets" -> secret(object);
      default -> {
        // Served as written.
      }
    }
  }

  private static void deployment(ObjectNode spec) {
    number(spec, "replicas", 1);
    number(spec, "revisionHistoryLimit", 10);
    number(spec, "progressDeadlineSeconds", 600);
    text(spec.withObject("/strategy"), "type", "RollingUpdate");
    if (spec.at("/strategy/type").asText().equals("RollingUpdate")) {
      var rolling = spec.withObject("/strategy/rollingUpdate");
      text(rolling, "maxSurge", "25%");
      text(rolling, "maxUnavailable", "25%");
    }
    pod(spec.withObject("/template/spec"));
  }

  private static void pod(ObjectNode spec) {
    text(spec, "restartPolicy", "Always");
    text(spec, "dnsPolicy", "ClusterFirst");
    text(spec, "schedulerName", "default-scheduler");
    number(spec, "terminationGracePeriodSeconds", 30);
    spec.withObject("/securityContext");
    for (var container : spec.path("containers")) {
      if (container instanceof ObjectNode fields) {
        container(fields);
      }
    }
  }

  /// All of them, or a template that kubectl's typed client has read and sent back would look changed.
  private static void container(ObjectNode container) {
    container.withObject("/resources");
    text(container, "terminationMessagePath", "/dev/termination-log");
    text(container, "terminationMessagePolicy", "File");
    var image = container.path("image").asText();
    var tagged = image.lastIndexOf(':') > image.lastIndexOf('/') && !image.endsWith(":latest");
    text(container, "imagePullPolicy", tagged ? "IfNotPresent" : "Always");
    container.path("ports").forEach(Defaults::protocol);
  }

  private static void service(ObjectNode spec) {
    text(spec, "type", "ClusterIP");
    text(spec, "sessionAffinity", "None");
    spec.path("ports").forEach(port -> {
      protocol(port);
      if (port instanceof ObjectNode fields && !fields.has("targetPort")) {
        fields.set("targetPort", fields.path("port"));
      }
    });
  }

  private static void protocol(JsonNode port) {
    if (port instanceof ObjectNode fields) {
      text(fields, "protocol", "TCP");
    }
  }

  private static void secret(ObjectNode secret) {
    text(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof ObjectNode plain) {
      plain.properties().forEach(entry -> secret.withObject("/data").put(entry.getKey(),
          Base64.getEncoder().encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static void text(ObjectNode object, String field, String value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  private static void number(ObjectNode object, String field, int value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}
