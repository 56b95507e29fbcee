package dev.serin.sandbox;

import dev.serin.sandbox.api.ApiServer;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.controllers.Controllers;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;

/// A small cluster in this process, on loopback ports: API server, controllers, and a node with running pods.
public final class Sandbox implements AutoCloseable {

  private final ApiServer apiServer;
  private final Controllers controllers;
  private final SandboxNodes nodes;

  private Sandbox(ApiServer apiServer, Controllers controllers, SandboxNodes nodes) {
    this.apiServer = apiServer;
    this.controllers = controllers;
    this.nodes = nodes;
  }

  /// Starts a cluster on a free port.
  ///
  /// @param versions what the pods of each image do; more can be defined later
  /// @param seed     of everything that is left to chance
  public static Sandbox start(Collection<AppVersion> versions, InstantSource clock, long seed)
      throws IOException, InterruptedException {
    ApiServer apiServer = ApiServer.start(0, clock);
    Controllers controllers = Controllers.start(apiServer.cluster());
    try {
      return new Sandbox(apiServer, controllers, SandboxNodes.start(apiServer.kubeconfig(), versions, clock, seed));
    } catch (IOException | InterruptedException | RuntimeException e) {
      controllers.close();
      apiServer.close();
      throw e;
    }
  }

  public ApiServer apiServer() {
    return apiServer;
  }

  public SandboxNodes nodes() {
    return nodes;
  }

  /// A kubeconfig's text with all rights.
  public String kubeconfig() {
    return apiServer.kubeconfig();
  }

  @Override
  public void close() throws IOException {
    nodes.close();
    controllers.close();
    apiServer.close();
  }
}
