package dev.serin.sandbox.pods;

import dev.serin.sandbox.app.Versions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

// Pods get invented addresses because API servers refuse loopback IPs; EndpointSlices carry the invented ones, and whoever
// wants to connect reads the annotation.
/// A node and its pods. It binds every unbound pod of the cluster to itself, starts one HTTP server per pod, reports
/// status,
/// serves logs and finishes deletions after a short drain.
///
/// Only the first container of a pod is the application; others are reported with its state and have no log.
public final class Kubelet implements AutoCloseable {

  /// Where a sandbox pod really listens, `127.0.0.1:port`.
  public static final String ADDRESS_ANNOTATION = "sandbox.serin.dev/address";

  private final String nodeName;
  private final PodRun.Surroundings surroundings;
  private final LogServer logServer;
  private final NodeRegistration node;
  private final SharedIndexInformer<Pod> informer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger addresses = new AtomicInteger();
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();

  private Kubelet(KubernetesClient client, String nodeName, PodRun.Surroundings surroundings)
      throws IOException, InterruptedException {
    this.nodeName = nodeName;
    this.surroundings = surroundings;
    this.logServer = LogServer.start(this::log, surroundings.clock());
    this.node = NodeRegistration.register(client, nodeName, logServer.port(), surroundings.clock());
    this.informer = client.pods().inAnyNamespace().inform(new Pods());
  }

  /// Registers the node and takes over all pods that have none.
  ///
  /// @param client
  ///          with the rights of an administrator; stays open when the kubelet is closed
  /// @param nodeName
  ///          unique in the cluster
  /// @param seed
  ///          of everything that pods decide at random
  public static Kubelet start(KubernetesClient client, String nodeName, Versions versions, InstantSource clock,
      long seed) throws IOException, InterruptedException {
    HttpClient checks = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2)).build();
    return new Kubelet(client, nodeName, new PodRun.Surroundings(new PodApi(client), versions, clock, checks, seed));
  }

  /// Breaks all open log streams of a pod, as a failing network does. New ones work.
  public void cutLogStreams(String namespace, String pod) {
    logServer.cut(namespace, pod);
  }

  /// Makes a pod log nothing while it goes on to serve, or ends that.
  ///
  /// @throws IllegalArgumentException
  ///           if no such pod runs here
  public void quiet(String namespace, String pod, boolean on) {
    run(namespace, pod).quiet(on);
  }

  /// Kills a pod's container as the kernel does when there is no memory left for it. It starts again at once.
  ///
  /// @throws IllegalArgumentException
  ///           if no such pod runs here
  public void outOfMemory(String namespace, String pod) {
    run(namespace, pod).outOfMemory();
  }

  private PodRun run(String namespace, String pod) {
    return Optional.ofNullable(runs.get(namespace + "/" + pod))
        .orElseThrow(() -> new IllegalArgumentException("no pod " + namespace + "/" + pod + " runs here"));
  }

  /// Stops all pods at once, as the loss of a machine does, and removes the Node.
  @Override
  public void close() {
    informer.close();
    threads.shutdownNow();
    logServer.close();
    node.close();
    surroundings.checks().shutdownNow();
  }

  private Optional<LogRing> log(LogQuery query) {
    return Optional.ofNullable(runs.get(query.namespace() + "/" + query.pod())).flatMap(run -> run.log(query));
  }

  private void bind(Pod pod) {
    try {
      surroundings.api().bind(pod.getMetadata(), nodeName);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private PodRun start(Pod pod) {
    int number = addresses.incrementAndGet();
    PodRun run = new PodRun(pod, "10.77." + ((number >> 8) & 0xff) + "." + (number & 0xff), surroundings);
    threads.execute(run);
    return run;
  }

  private static String key(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  /// Turns changes of the cluster into calls of the pods' threads; called by one informer thread.
  private final class Pods implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      boolean deleted = pod.getMetadata().getDeletionTimestamp() != null;
      if (pod.getSpec().getNodeName() == null) {
        if (!deleted) {
          threads.execute(() -> bind(pod));
        }
        return;
      }
      if (nodeName.equals(pod.getSpec().getNodeName())) {
        PodRun run = runs.computeIfAbsent(key(pod), _ -> start(pod));
        if (deleted) {
          Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
          run.stop(Duration.ofSeconds(grace == null ? 0 : grace));
        }
      }
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
      if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
        onDelete(before, false);
      }
      onAdd(after);
    }

    @Override
    public void onDelete(Pod pod, boolean stateUnknown) {
      PodRun run = runs.remove(key(pod));
      if (run != null) {
        run.gone();
      }
    }
  }
}
