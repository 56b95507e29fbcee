package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.LabelSelector;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.util.List;

/// Lists the pods behind each Service with a selector, in one EndpointSlice.
final class EndpointSliceController {

  private final Cluster cluster;
  private final ResourceType services;
  private final ResourceType slices;
  private final ResourceType pods;

  EndpointSliceController(Cluster cluster) {
    this.cluster = cluster;
    services = cluster.types().builtIn("services");
    slices = cluster.types().builtIn("endpointslices.discovery.k8s.io");
    pods = cluster.types().builtIn("pods");
  }

  void reconcileAll() {
    cluster.list(services, "", Selection.ALL).objects().stream()
        .filter(
            service -> !service.at("/spec/selector").isEmpty() && !service.path("metadata").has("deletionTimestamp"))
        .forEach(this::reconcile);
  }

  private void reconcile(ObjectNode service) {
    var namespace = service.at("/metadata/namespace").asText();
    var selection = Selection.of(LabelSelector.ofMap(service.at("/spec/selector")));
    // A pod gets its node before its address; one without either serves nobody.
    var behind = cluster.list(pods, namespace, selection).objects().stream().map(Pod::new)
        .filter(pod -> !pod.hasEnded())
        .filter(pod -> pod.object().at("/status/podIP").isTextual() && pod.object().at("/spec/nodeName").isTextual())
        .toList();
    // The name ends in a piece of the Service's uid: unlike a random one, it cannot be made twice.
    var name = service.at("/metadata/name").asText() + "-" + service.at("/metadata/uid").asText().substring(0, 5);
    var endpoints = JsonNodeFactory.instance.arrayNode();
    behind.forEach(pod -> endpoints.add(endpoint(pod)));
    var ports = ports(service, behind);
    if (cluster.find(slices, namespace, name).isEmpty()) {
      cluster.create(slices, namespace, slice(service, name, endpoints, ports), Writer.CONTROLLER);
    } else {
      cluster.update(slices, namespace, name,
          Edit.of(live -> live.<ObjectNode>set("endpoints", endpoints).set("ports", ports)),
          Writer.CONTROLLER);
    }
  }

  private static ObjectNode slice(ObjectNode service, String name, ArrayNode endpoints, ArrayNode ports) {
    var slice = JsonNodeFactory.instance.objectNode().put("addressType", "IPv4");
    var metadata = slice.putObject("metadata").put("name", name);
    metadata.putObject("labels").put("kubernetes.io/service-name", service.at("/metadata/name").asText())
        .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
    metadata.putArray("ownerReferences").add(Owners.reference(service));
    slice.set("endpoints", endpoints);
    slice.set("ports", ports);
    return slice;
  }

  private static ObjectNode endpoint(Pod pod) {
    var metadata = pod.object().path("metadata");
    var endpoint = JsonNodeFactory.instance.objectNode();
    endpoint.putArray("addresses").add(pod.object().at("/status/podIP"));
    endpoint.putObject("conditions").put("ready", pod.isReady() && !pod.isDeleting()).put("serving", pod.isReady())
        .put("terminating", pod.isDeleting());
    endpoint.set("nodeName", pod.object().at("/spec/nodeName"));
    var target = endpoint.putObject("targetRef").put("kind", "Pod");
    for (var field : List.of("namespace", "name", "uid")) {
      target.set(field, metadata.path(field));
    }
    return endpoint;
  }

  private static ArrayNode ports(ObjectNode service, List<Pod> behind) {
    var ports = JsonNodeFactory.instance.arrayNode();
    for (var port : service.at("/spec/ports")) {
      var number = number(port, behind);
      if (number > 0) {
        ports.addObject().put("name", port.path("name").asText()).put("port", number).put("protocol",
            port.path("protocol").asText("TCP"));
      }
    }
    return ports;
  }

  /// A named target port is looked up in the first pod; 0 when no pod has it.
  private static int number(JsonNode port, List<Pod> behind) {
    var target = port.path("targetPort");
    if (target.isInt()) {
      return target.asInt();
    }
    for (var pod : behind) {
      for (var container : pod.object().at("/spec/containers")) {
        for (var offered : container.path("ports")) {
          if (offered.path("name").equals(target)) {
            return offered.path("containerPort").asInt();
          }
        }
      }
    }
    return 0;
  }
}
