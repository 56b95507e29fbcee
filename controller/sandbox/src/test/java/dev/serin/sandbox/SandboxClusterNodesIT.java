package dev.serin.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serin.sandbox.api.ApiServer;
import dev.serin.sandbox.api.store.Writer;
import dev.serin.sandbox.controllers.Controllers;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The sandbox's own API server keeps what kubelet, gateway and load promise on a real one.
class SandboxClusterNodesIT extends SandboxNodesContract {

  private static ApiServer server;
  private static Controllers controllers;
  private static int namespaces;

  @BeforeAll
  static void startCluster() {
    server = ApiServer.start(0, InstantSource.system());
    controllers = Controllers.start(server.cluster());
  }

  @AfterAll
  static void stopCluster() {
    controllers.close();
    server.close();
  }

  @Override
  String kubeconfig() {
    return server.kubeconfig();
  }

  @Override
  String newNamespace() {
    namespaces++;
    var namespace = JsonNodeFactory.instance.objectNode();
    namespace.putObject("metadata").put("name", "nodes-" + namespaces);
    return server.cluster().create(server.cluster().types().builtIn("namespaces"), "", namespace, Writer.CONTROLLER)
        .at("/metadata/name").asText();
  }
}
