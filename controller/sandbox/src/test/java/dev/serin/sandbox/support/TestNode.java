package dev.serin.sandbox.support;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.time.Duration;

/// A node that runs pods in name only: it binds them, calls them ready unless their image ends in `:bad`, and ends deletions.
public final class TestNode implements AutoCloseable {

  private static final String NAME = "node-1";

  private final Cluster cluster;
  private final ResourceType pods;
  private int addresses;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);

  /// @param kubeletPort
  ///          where `pods/log` is asked for, 0 for none
  public TestNode(Cluster cluster, int kubeletPort) {
    this.cluster = cluster;
    pods = cluster.types().builtIn("pods");
    var node = JsonNodeFactory.instance.objectNode();
    node.putObject("metadata").put("name", NAME);
    node.withObject("/status/daemonEndpoints/kubeletEndpoint").put("Port", kubeletPort);
    cluster.create(cluster.types().builtIn("nodes"), "", node, Writer.CONTROLLER);
  }

  /// Keeps going until closed.
  public TestNode started() {
    thread.start();
    return this;
  }

  /// One round; at most `most` pods become ready in it.
  public void tick(int most) {
    var left = most;
    for (var pod : cluster.list(pods, "", Selection.ALL).objects()) {
      var name = pod.at("/metadata/name").asText();
      var namespace = pod.at("/metadata/namespace").asText();
      if (pod.path("metadata").has("deletionTimestamp")) {
        cluster.delete(pods, namespace, name,
            new DeleteOptions(DeleteOptions.Propagation.BACKGROUND, 0L, null, null, false));
      } else if (pod.at("/status/conditions").isMissingNode() && left > 0) {
        left--;
        cluster.update(pods, namespace, name, new Edit("binding", this::run, false), Writer.CONTROLLER);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private ObjectNode run(ObjectNode pod) {
    addresses++;
    var good = !pod.at("/spec/containers/0/image").asText().endsWith(":bad");
    pod.withObject("/spec").put("nodeName", NAME);
    var status = pod.withObject("/status").put("phase", "Running").put("podIP", "10.0.0." + addresses);
    status.withArray("/conditions").addObject().put("type", "Ready").put("status", good ? "True" : "False")
        .put("lastTransitionTime", cluster.now().toString());
    status.withArray("/containerStatuses").addObject().put("name", "app").put("ready", good).put("restartCount", 0)
        .putObject("state").putObject("running");
    return pod;
  }

  private void run() {
    try {
      while (!cluster.store().isClosed() && !Thread.currentThread().isInterrupted()) {
        var before = cluster.store().revision();
        tick(Integer.MAX_VALUE);
        cluster.store().changesSince(before, Duration.ofSeconds(1));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
