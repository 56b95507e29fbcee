package dev.serin.testkit;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A real Kubernetes control plane: etcd, kube-apiserver and kube-controller-manager on free loopback ports.
///
/// Ready after about three seconds. There is no scheduler and no node: pods stay Pending. Tests usually do not start one
/// but share that of the JVM, see [RealControlPlane].
public final class ControlPlane implements AutoCloseable {

  // A port that was free may be taken before the server listens on it.
  private static final int START_TRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path programs;
  private final Path folder;
  private final Credentials credentials;
  private final Servers servers;
  private final AuditLog audit;
  private final Map<Actor, KubernetesClient> clients = new EnumMap<>(Actor.class);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread closeAtExit = new Thread(this::release, "close-control-plane");

  private ControlPlane(Path programs, Path folder, Credentials credentials, Servers servers) {
    this.programs = programs;
    this.folder = folder;
    this.credentials = credentials;
    this.servers = servers;
    this.audit = new AuditLog(servers.auditLog());
    Runtime.getRuntime().addShutdownHook(closeAtExit);
  }

  /// Starts a control plane and returns when its controllers work; the programs are built first where they are missing.
  ///
  /// @throws IllegalStateException
  ///           when there are no programs or they do not start
  public static ControlPlane start() {
    return startWith(List.of());
  }

  /// As [#start()], with more flags for kube-apiserver, such as `--feature-gates=MutatingAdmissionPolicy=false`.
  public static ControlPlane startWith(List<String> apiServerFlags) {
    return switch (Binaries.locate()) {
      case Binaries.Found(var programs) -> start(programs, apiServerFlags);
      case Binaries.Missing(var reason) -> throw new IllegalStateException("no control plane: " + reason);
    };
  }

  static ControlPlane start(Path programs, List<String> apiServerFlags) {
    IllegalStateException last = new IllegalStateException("never tried");
    for (int attempt = 1; attempt <= START_TRIES; attempt++) {
      try {
        return startOnce(programs, apiServerFlags);
      } catch (IllegalStateException e) {
        last = e;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start the control plane", e);
      }
    }
    throw last;
  }

  private static ControlPlane startOnce(Path programs, List<String> apiServerFlags) throws IOException {
    Path folder = Files.createTempDirectory("serin-control-plane-");
    try {
      Credentials credentials = new Credentials(folder);
      return new ControlPlane(programs, folder, credentials,
          Servers.start(programs, folder, credentials, apiServerFlags));
    } catch (IOException | RuntimeException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  /// `https://127.0.0.1:<port>`.
  public String url() {
    return servers.url();
  }

  /// Kills kube-apiserver and starts it again at the same address; returns when it answers. Watches break, nothing that was
  /// stored is lost.
  public void restartApiServer() {
    try {
      servers.restartApiServer();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restart kube-apiserver", e);
    }
  }

  /// `http://127.0.0.1:<port>` of etcd, for those who read what is stored without asking the API server. Every object is
  /// stored as JSON. Nobody but the API server writes there.
  public String etcdUrl() {
    return servers.etcdUrl();
  }

  /// The bearer token of an actor.
  public String token(Actor actor) {
    return credentials.token(actor);
  }

  /// A fresh six-hour token of a ServiceAccount, as the API server issues it for pods. The ServiceAccount must exist.
  public String tokenFor(String namespace, String serviceAccount) {
    TokenRequest request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(6 * 3600L).endSpec().build();
    return client(Actor.ADMIN).serviceAccounts().inNamespace(namespace).withName(serviceAccount).tokenRequest(request)
        .getStatus().getToken();
  }

  /// A kubeconfig file with the token of an actor; it goes away with the control plane.
  public Path kubeconfig(Actor actor) {
    return write(actor.user() + ".kubeconfig", kubeconfigText(actor));
  }

  public String kubeconfigText(Actor actor) {
    return kubeconfig(actor.user(), token(actor));
  }

  /// A kubeconfig file with a fresh token of a ServiceAccount, for a process that must have the rights of a pod.
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    return write(namespace + "-" + serviceAccount + ".kubeconfig",
        kubeconfig(serviceAccount, tokenFor(namespace, serviceAccount)));
  }

  /// The client of an actor. It is shared and closed with the control plane: do not close it.
  public synchronized KubernetesClient client(Actor actor) {
    return clients.computeIfAbsent(actor, who -> Clients.client(kubeconfigText(who)));
  }

  /// The real kubectl as [Actor#PERSON].
  public Kubectl.Result kubectl(String... arguments) {
    return kubectl(Actor.PERSON).run(arguments);
  }

  /// The real kubectl as somebody.
  public Kubectl kubectl(Actor actor) {
    return new Kubectl(programs.resolve("kubectl"), kubeconfig(actor));
  }

  /// All requests answered so far, oldest first; health checks and leases are left out.
  ///
  /// The server writes an entry when it has sent the answer, so the newest one may be missing for a moment: await it.
  public List<AuditEvent> audit() {
    return audit.events();
  }

  /// Creates a namespace `<prefix>-<random>` in which pods can be created at once, and returns its name.
  public String newNamespace(String prefix) {
    Namespace namespace = new NamespaceBuilder().withNewMetadata().withGenerateName(prefix + "-").endMetadata().build();
    String name = client(Actor.ADMIN).resource(namespace).create().getMetadata().getName();
    // Pods are refused until the controller manager has made the default ServiceAccount.
    await("the default ServiceAccount of " + name).atMost(PATIENCE).pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> client(Actor.ADMIN).serviceAccounts().inNamespace(name).withName("default").get() != null);
    return name;
  }

  /// Applies one or more YAML documents server-side as [Actor#ADMIN], and waits until CRDs among them are served.
  public List<HasMetadata> applyYaml(String yaml) {
    return applyYaml("default", yaml);
  }

  /// As [#applyYaml(String)]; what names no namespace goes into this one.
  public List<HasMetadata> applyYaml(String namespace, String yaml) {
    KubernetesClient client = client(Actor.ADMIN);
    PatchContext apply = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withForce(true)
        .withFieldManager("testkit").build();
    List<HasMetadata> parsed = client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items();
    List<HasMetadata> applied = parsed.stream()
        .map(item -> client.resource(item)
            .inNamespace(Objects.requireNonNullElse(item.getMetadata().getNamespace(), namespace)).patch(apply))
        .toList();
    applied.stream().filter(CustomResourceDefinition.class::isInstance).forEach(definition -> client
        .resource((CustomResourceDefinition) definition).waitUntilCondition(ControlPlane::established, 30,
            TimeUnit.SECONDS));
    return applied;
  }

  /// Ends the processes and deletes their files.
  @Override
  public void close() {
    if (release()) {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    }
  }

  private synchronized boolean release() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    clients.values().forEach(KubernetesClient::close);
    servers.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
    return true;
  }

  private String kubeconfig(String user, String token) {
    try {
      return Credentials.kubeconfig(url(), servers.caCertificates(), user, token);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the certificate of the API server", e);
    }
  }

  private Path write(String name, String text) {
    try {
      // At once: a kubectl of another test may be reading the file of this actor.
      Path whole = Files.writeString(Files.createTempFile(folder, name, ".part"), text);
      return Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  private static boolean established(CustomResourceDefinition definition) {
    // A status just made has no conditions yet.
    return definition != null && definition.getStatus() != null && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(condition -> condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }
}
