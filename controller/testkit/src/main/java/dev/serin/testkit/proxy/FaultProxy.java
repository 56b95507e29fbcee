package dev.serin.testkit.proxy;

import dev.serin.testkit.proxy.Connection.Incoming;
import dev.serin.testkit.proxy.Connection.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Stands between one client and the API server: plain HTTP/1.1 on a free port of 127.0.0.1. Without a plan everything
/// passes unchanged and without delay, watches and log streams too, on any number of connections.
///
/// The client has to watch over HTTP (`SERIN_ONLY_HTTP_WATCHES=true` for the operator). An attempt to watch over
/// WebSocket is answered with 503 and not recorded; Fabric8 falls back to HTTP then.
public final class FaultProxy implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FaultProxy.class.getName());

  private static final int PATIENCE_SECONDS = 10;

  private static final Action.Answer NO_WEB_SOCKETS = Action.Answer.status(503, "ServiceUnavailable",
      "the fault proxy serves watches over HTTP only");

  private final String kubeconfig;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Upstream upstream;
  private final Ledger ledger;

  private FaultProxy(String kubeconfig, Predicate<Request> counted) throws IOException {
    this.kubeconfig = kubeconfig;
    upstream = new Upstream(kubeconfig, threads);
    if (!kubeconfig.contains(upstream.url())) {
      // Its client would go past the proxy.
      throw new IllegalArgumentException("the kubeconfig does not spell its server " + upstream.url());
    }
    ledger = new Ledger(counted);
    server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  }

  /// A proxy that counts every write.
  ///
  /// @param kubeconfig
  ///          text that names the API server and its certificate authority
  public static FaultProxy start(String kubeconfig) {
    return start(kubeconfig, _ -> true);
  }

  /// @param counted
  ///          which writes are counted, such as those in one namespace
  public static FaultProxy start(String kubeconfig, Predicate<Request> counted) {
    try {
      var proxy = new FaultProxy(kubeconfig, counted);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("the fault proxy cannot listen", e);
    }
  }

  /// `http://127.0.0.1:<port>`.
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// The kubeconfig that the proxy was started with, leading to the proxy.
  public String kubeconfig() {
    return kubeconfig.replace(upstream.url(), url());
  }

  /// Plans a fault. Where several are for the same request, the one planned first is done.
  ///
  /// @throws IllegalStateException
  ///           when it is for a write that has passed already
  public PlannedFault plan(Trigger trigger, Action action) {
    return ledger.plan(trigger, action);
  }

  /// Looks when a counted write has arrived and before anything is done with it. Nothing else arrives meanwhile, so the
  /// look must be short.
  ///
  /// @throws IllegalStateException
  ///           when that write has passed already
  public void beforeWrite(int index, Runnable look) {
    ledger.beforeWrite(index, look);
  }

  /// All requests that were let in, in the order of their arrival. Nothing is let in after a kill.
  public List<Traced> trace() {
    return ledger.trace();
  }

  /// The counted writes W1, W2, … of the trace.
  public List<Traced> writes() {
    return trace().stream().filter(traced -> traced.write() > 0).toList();
  }

  /// Cuts every connection on which a matching request is being answered, such as an open watch.
  ///
  /// @return how many there were
  public int cut(Predicate<Request> which) {
    List<Connection> found = answering(which);
    found.forEach(Connection::cut);
    return found.size();
  }

  /// Delivers nothing more of the answers to matching requests that are underway, and leaves their connections open.
  ///
  /// @return how many there were
  public int silence(Predicate<Request> which) {
    List<Connection> found = answering(which);
    found.forEach(Connection::silence);
    return found.size();
  }

  /// Cuts everything and stops listening. Planned faults that have not happened never will.
  @Override
  public void close() {
    ledger.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the fault proxy cannot stop listening", e);
    }
    cutAll();
    upstream.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the fault proxy still works after " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      threads.shutdownNow();
    }
  }

  private List<Connection> answering(Predicate<Request> which) {
    return connections.stream().filter(connection -> connection.answers(which)).toList();
  }

  private void cutAll() {
    connections.forEach(Connection::cut);
  }

  private void accept() {
    // The port stays taken after a kill: nobody else may get the requests of a client that goes on trying.
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (!serves(socket)) {
          socket.close();
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException("the fault proxy cannot accept connections", e);
        }
      }
    }
  }

  private boolean serves(Socket socket) {
    try {
      threads.execute(() -> serve(socket));
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var connection = new Connection(socket);
      connections.add(connection);
      try {
        // Who comes too late to be cut with the others is turned away here.
        if (!ledger.doomed()) {
          serve(connection);
        }
      } finally {
        connections.remove(connection);
        connection.cut();
      }
    } catch (IOException | IllegalArgumentException | RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The client hung up or speaks something else than HTTP, or the proxy is closed", e);
    }
  }

  private void serve(Connection connection) throws IOException {
    // The next request is read while this one is answered, only to notice when the client hangs up.
    var turn = new Semaphore(1);
    for (Incoming read = connection.read(); read != null; read = connection.read()) {
      Incoming incoming = read;
      turn.acquireUninterruptibly();
      threads.execute(() -> {
        try {
          answer(connection, incoming);
        } finally {
          turn.release();
        }
      });
    }
  }

  private void answer(Connection connection, Incoming incoming) {
    connection.begin(incoming.request());
    if (incoming.upgradesToWebSocket()) {
      refuse(connection);
    } else {
      ledger.arrive(incoming.request()).ifPresentOrElse(
          arrival -> new Exchange(ledger, upstream, connection, arrival, this::cutAll).run(incoming), connection::cut);
    }
    connection.end();
  }

  private static void refuse(Connection connection) {
    try {
      connection.send(Reply.madeUp(NO_WEB_SOCKETS), Integer.MAX_VALUE);
    } catch (IOException _) {
      connection.cut();
    }
  }
}
