package dev.serin.sandbox.gateway;

import dev.serin.sandbox.pods.Kubelet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The ready endpoints of one Service, kept up to date from its EndpointSlices and the pods they name.
final class Endpoints implements AutoCloseable {

  private final SharedIndexInformer<EndpointSlice> slices;
  private final SharedIndexInformer<Pod> pods;
  private final CompletableFuture<Void> someReady = new CompletableFuture<>();
  private volatile List<InetSocketAddress> ready = List.of();

  Endpoints(KubernetesClient client, String namespace, String service) {
    slices = client.discovery().v1().endpointSlices().inNamespace(namespace)
        .withLabel("kubernetes.io/service-name", service).runnableInformer(0);
    pods = client.pods().inNamespace(namespace).runnableInformer(0);
    slices.addEventHandler(onAnyChange());
    pods.addEventHandler(onAnyChange());
    slices.run();
    pods.run();
  }

  List<InetSocketAddress> ready() {
    return ready;
  }

  /// Waits until there is a ready endpoint.
  void awaitReady(Duration patience) throws InterruptedException, TimeoutException {
    try {
      someReady.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    slices.close();
    pods.close();
  }

  private synchronized void refresh() {
    ready = slices.getIndexer().list().stream()
        .flatMap(slice -> Stream.ofNullable(slice.getEndpoints()).flatMap(List::stream)
            .filter(Endpoints::isReady)
            .flatMap(endpoint -> address(slice.getMetadata().getNamespace(), endpoint).stream()))
        .distinct()
        .toList();
    if (!ready.isEmpty()) {
      someReady.complete(null);
    }
  }

  private static boolean isReady(Endpoint endpoint) {
    return endpoint.getConditions() == null || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }

  private Optional<InetSocketAddress> address(String namespace, Endpoint endpoint) {
    return Optional.ofNullable(endpoint.getTargetRef())
        .map(ref -> pods.getIndexer().getByKey(namespace + "/" + ref.getName()))
        .map(pod -> pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Kubelet.ADDRESS_ANNOTATION))
        .filter(address -> address.matches("127\\.0\\.0\\.1:[0-9]{1,5}"))
        .map(address -> new InetSocketAddress(InetAddress.getLoopbackAddress(),
            Integer.parseInt(address.substring(10))));
  }

  private <T> ResourceEventHandler<T> onAnyChange() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T added) {
        refresh();
      }

      @Override
      public void onUpdate(T before, T after) {
        refresh();
      }

      @Override
      public void onDelete(T deleted, boolean stateUnknown) {
        refresh();
      }
    };
  }
}
