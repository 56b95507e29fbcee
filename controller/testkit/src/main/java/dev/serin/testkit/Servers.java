package dev.serin.testkit;

import static org.awaitility.Awaitility.await;

import dev.serin.testkit.process.ChildProcess;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The three processes of a control plane, all on loopback.
final class Servers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String API_SERVER = "kube-apiserver";

  private final Path programs;
  private final Path folder;
  private final Credentials credentials;
  private final int etcdPort = freePort();
  private final int port = freePort();
  private final List<String> apiServerFlags;
  private final List<ChildProcess> running = new ArrayList<>();

  private Servers(Path programs, Path folder, Credentials credentials, List<String> apiServerFlags)
      throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.credentials = credentials;
    this.apiServerFlags = apiServerFlags;
  }

  /// Starts everything and returns when controllers work.
  ///
  /// @throws IllegalStateException
  ///           when a process ends early, for instance because somebody took its port, or is not ready within two minutes;
  ///           the message has the end of its output
  ///
  /// @param apiServerFlags
  ///          for kube-apiserver, beside those that it always gets
  static Servers start(Path programs, Path folder, Credentials credentials, List<String> apiServerFlags)
      throws IOException {
    Servers servers = new Servers(programs, folder, credentials, apiServerFlags);
    try {
      servers.startEtcd();
      servers.startApiServer();
      servers.startControllerManager();
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  String url() {
    return "https://127.0.0.1:" + port;
  }

  String etcdUrl() {
    return "http://127.0.0.1:" + etcdPort;
  }

  String caCertificates() throws IOException {
    return Files.readString(certificate());
  }

  Path auditLog() {
    return folder.resolve("audit.log");
  }

  @Override
  public void close() {
    running.reversed().forEach(ChildProcess::close);
  }

  private void startEtcd() {
    start("etcd", "--data-dir=" + folder.resolve("etcd"), "--unsafe-no-fsync", "--log-level=warn",
        "--listen-client-urls=" + etcdUrl(), "--advertise-client-urls=" + etcdUrl(),
        // One member talks to no peer: any free port does.
        "--listen-peer-urls=http://127.0.0.1:0");
  }

  /// Kills kube-apiserver and starts it again on the same port; returns when it answers.
  void restartApiServer() throws IOException {
    startApiServer();
  }

  private Optional<ChildProcess> apiServer() {
    return running.stream().filter(process -> process.name().equals(API_SERVER)).findFirst();
  }

  private void startApiServer() throws IOException {
    Path policy = Files.writeString(folder.resolve("audit-policy.yaml"), AuditLog.POLICY);
    apiServer().ifPresent(old -> {
      old.kill();
      running.remove(old);
    });
    List<String> flags = new ArrayList<>(List.of("--etcd-servers=" + etcdUrl(), "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1", "--secure-port=" + port, "--cert-dir=" + folder,
        // The Service `kubernetes` must not point to loopback, so nobody fills its endpoints.
        "--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        "--service-account-key-file=" + credentials.signingKey(),
        "--service-account-signing-key-file=" + credentials.signingKey(),
        "--token-auth-file=" + credentials.tokenFile(), "--authorization-mode=Node,RBAC", "--allow-privileged=true",
        "--audit-policy-file=" + policy, "--audit-log-path=" + auditLog(), "--audit-log-maxsize=4096",
        // The safety monitor reads what is stored; the default for built-in kinds is protobuf.
        "--storage-media-type=application/json", "--shutdown-send-retry-after=false", "--profiling=false"));
    flags.addAll(apiServerFlags);
    ChildProcess server = start(API_SERVER, flags.toArray(String[]::new));
    awaitThat("the certificate of kube-apiserver", server, () -> Files.exists(certificate()));
    try (KubernetesClient client = client()) {
      awaitThat("kube-apiserver", server, () -> answers(client, "/readyz"));
    }
  }

  private void startControllerManager() throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("controller-manager.kubeconfig"), Credentials.kubeconfig(url(),
        caCertificates(), Actor.CONTROLLER_MANAGER.user(), credentials.token(Actor.CONTROLLER_MANAGER)));
    ChildProcess controllers = start("kube-controller-manager", "--kubeconfig=" + kubeconfig, "--secure-port=0",
        "--leader-elect=false", "--use-service-account-credentials=true", "--root-ca-file=" + certificate(),
        "--service-account-private-key-file=" + credentials.signingKey(), "--kube-api-qps=500", "--kube-api-burst=1000",
        // Nobody wants to wait 15 s for an autoscaler to look.
        "--horizontal-pod-autoscaler-sync-period=1s",
        "--controllers=*,-nodeipam,-node-route-controller,-cloud-node-lifecycle-controller");
    try (KubernetesClient client = client()) {
      awaitThat("kube-controller-manager", controllers,
          () -> answers(client, "/api/v1/namespaces/default/serviceaccounts/default"));
    }
  }

  private ChildProcess start(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    ChildProcess process = ChildProcess.start(program, folder, command, Map.of());
    running.add(process);
    return process;
  }

  private KubernetesClient client() throws IOException {
    return Clients
        .client(Credentials.kubeconfig(url(), caCertificates(), Actor.ADMIN.user(), credentials.token(Actor.ADMIN)));
  }

  private Path certificate() {
    return folder.resolve("apiserver.crt");
  }

  private static void awaitThat(String what, ChildProcess process, BooleanSupplier ready) {
    await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
        .until(() -> !process.alive() || ready.getAsBoolean());
    if (!process.alive()) {
      throw new IllegalStateException(what + " did not come up: " + process.tail());
    }
  }

  private static boolean answers(KubernetesClient client, String path) {
    try {
      return client.raw(path) != null;
    } catch (KubernetesClientException e) {
      // Not listening, or not ready yet.
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
