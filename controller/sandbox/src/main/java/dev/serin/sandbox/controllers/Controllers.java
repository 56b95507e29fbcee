package dev.serin.sandbox.controllers;

import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.Cluster;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/// Runs the controllers until it is closed or the API server is.
public final class Controllers implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Controllers.class.getName());
  /// Deadlines and minReadySeconds are looked at this often when nothing changes.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Cluster cluster;
  private final List<Runnable> loops;
  private final Thread thread;

  private Controllers(Cluster cluster) {
    this.cluster = cluster;
    loops = List.of(new DeploymentController(cluster)::reconcileAll, new ReplicaSetController(cluster)::reconcileAll,
        new EndpointSliceController(cluster)::reconcileAll, new GarbageCollector(cluster)::collect);
    thread = Thread.ofVirtual().name("sandbox-controllers").unstarted(this::run);
  }

  public static Controllers start(Cluster cluster) {
    var controllers = new Controllers(cluster);
    controllers.thread.start();
    return controllers;
  }

  /// Waits until the round under way is over.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!cluster.store().isClosed() && !Thread.currentThread().isInterrupted()) {
        var before = cluster.store().revision();
        loops.forEach(Controllers::once);
        cluster.store().changesSince(before, PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(Runnable loop) {
    try {
      loop.run();
    } catch (ApiException raced) {
      // Somebody changed or deleted the object meanwhile: the next round sees it.
      LOG.log(Level.DEBUG, "A controller of the sandbox tries again", raced);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A controller of the sandbox failed", e);
    }
  }
}
