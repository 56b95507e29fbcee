package dev.serin.sandbox.gateway;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one Service reachable on a loopback port.
///
/// Each connection goes to a ready endpoint chosen at random with equal chances and stays there, like a connection
/// through
/// kube-proxy: with keep-alive the share of a canary in the requests follows its share of the endpoints only loosely. A
/// connection without a ready endpoint is closed at once; nothing is retried.
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int MAX_CONNECTIONS = 2000;
  private static final int CONNECT_MILLIS = 2000;

  private final Endpoints endpoints;
  private final ServerSocket server;
  private final SplittableRandom random;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Gateway(Endpoints endpoints, ServerSocket server, long seed) {
    this.endpoints = endpoints;
    this.server = server;
    this.random = new SplittableRandom(seed);
  }

  /// Starts to listen for a Service; it may have no endpoints yet.
  ///
  /// @param seed
  ///          of the choice of endpoints
  public static Gateway start(KubernetesClient client, String namespace, String service, long seed)
      throws IOException {
    ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Gateway gateway = new Gateway(new Endpoints(client, namespace, service), server, seed);
    gateway.threads.execute(gateway::accept);
    return gateway;
  }

  /// `127.0.0.1` and the port.
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /// How many endpoints are ready now.
  public int endpoints() {
    return endpoints.ready().size();
  }

  /// Waits until the Service has a ready endpoint.
  ///
  /// @throws TimeoutException
  ///           if it has none in time
  public void awaitEndpoints(Duration patience) throws InterruptedException, TimeoutException {
    endpoints.awaitReady(patience);
  }

  @Override
  public void close() throws IOException {
    server.close();
    endpoints.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (free.tryAcquire()) {
          threads.execute(() -> connect(client));
        } else {
          client.close();
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// Joins the client with an endpoint until one of them ends the connection.
  private void connect(Socket client) {
    open.add(client);
    try (client; Socket pod = new Socket()) {
      List<InetSocketAddress> ready = endpoints.ready();
      if (ready.isEmpty()) {
        return;
      }
      pod.connect(ready.get(draw(ready.size())), CONNECT_MILLIS);
      pod.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      threads.execute(() -> pumpRequests(client, pod));
      pump(pod, client);
    } catch (IOException e) {
      // The client sees its connection end, as it would behind kube-proxy.
      LOG.atDebug().addKeyValue("cause", e.toString()).log("Connection refused by the pod or reset");
    } finally {
      open.remove(client);
      free.release();
    }
  }

  /// Copies until the end of `from`, then tells `to` that nothing more will come.
  private static void pump(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
    to.shutdownOutput();
  }

  /// Pumps the client's side; when that breaks, so does the pod's.
  private static void pumpRequests(Socket client, Socket pod) {
    try {
      try {
        pump(client, pod);
      } catch (IOException _) {
        pod.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int draw(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }
}
