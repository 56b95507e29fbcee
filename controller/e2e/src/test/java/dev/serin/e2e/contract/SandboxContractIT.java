package dev.serin.e2e.contract;

import dev.serin.sandbox.api.ApiServer;
import dev.serin.sandbox.controllers.Controllers;
import dev.serin.testkit.Clients;
import dev.serin.testkit.Kubectl;
import dev.serin.testkit.RealControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The same contracts on the sandbox, which must never promise what the real server refuses.
@RealControlPlane // For its kubectl; the control plane itself is not started.
@DisplayName("The sandbox")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxContractIT
    implements
      ObjectsContract,
      PatchContract,
      WatchContract,
      SelectorContract,
      WorkloadContract,
      OwnershipContract,
      RecordsContract,
      KubectlContract,
      HoldContract {

  private final ApiServer server = ApiServer.start(0, InstantSource.system());
  private final Controllers controllers = Controllers.start(server.cluster());
  private final Cluster cluster;

  SandboxContractIT(@TempDir Path folder) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
    cluster = new Cluster(Clients.client(server.kubeconfig()), Kubectl.of(kubeconfig));
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @AfterAll
  void close() {
    cluster.client().close();
    controllers.close();
    server.close();
  }
}
