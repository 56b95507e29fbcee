package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.Change;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.table.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Streams changes as chunked JSON lines, with bookmarks that keep idle watchers current and reveal closed connections.
final class WatchEndpoint {

  private static final int MOST_WATCHERS = 1000;
  private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(5);
  private static final long DEFAULT_TIMEOUT_SECONDS = 1800;

  private final Semaphore places = new Semaphore(MOST_WATCHERS);
  private final Cluster cluster;
  private final Tables tables;

  WatchEndpoint(Cluster cluster, Tables tables) {
    this.cluster = cluster;
    this.tables = tables;
  }

  void serve(ApiRequest request, Target target) throws IOException, InterruptedException {
    var selection = request.selection(target.type().plural());
    var timeout = Duration.ofSeconds(Math.min(request.number("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS), 24 * 3600));
    var from = request.number("resourceVersion", 0);
    if (!places.tryAcquire()) {
      throw new ApiException(429, "TooManyRequests", "too many watches: " + MOST_WATCHERS + " are open");
    }
    try {
      request.exchange().getResponseHeaders().set("Content-Type", "application/json");
      request.exchange().sendResponseHeaders(200, 0);
      new Stream(request, target, selection, request.exchange().getResponseBody()).run(from, timeout);
    } finally {
      places.release();
    }
  }

  /// One watcher.
  private final class Stream {

    private final ApiRequest request;
    private final Target target;
    private final Selection selection;
    private final OutputStream out;

    Stream(ApiRequest request, Target target, Selection selection, OutputStream out) {
      this.request = request;
      this.target = target;
      this.selection = selection;
      this.out = out;
    }

    void run(long from, Duration timeout) throws IOException, InterruptedException {
      var end = System.nanoTime() + timeout.toNanos();
      var seen = from == 0 || request.flag("sendInitialEvents") ? sendPresent() : from;
      out.flush();
      try {
        while (!cluster.store().isClosed() && System.nanoTime() < end) {
          seen = follow(seen, end);
          out.flush();
        }
      } catch (ApiException expired) {
        event("ERROR", expired.status());
        out.flush();
      }
    }

    private long sendPresent() throws IOException {
      var present = cluster.list(target.type(), target.namespace(), selection);
      for (var object : present.objects()) {
        send("ADDED", object);
      }
      if (request.flag("sendInitialEvents")) {
        bookmark(present.revision(), true);
      }
      return present.revision();
    }

    private long follow(long seen, long end) throws IOException, InterruptedException {
      var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      var changes = cluster.store().changesSince(seen,
          left.compareTo(BOOKMARK_INTERVAL) < 0 ? left : BOOKMARK_INTERVAL);
      for (var change : changes) {
        if (concerns(change)) {
          send(change);
        }
      }
      if (!changes.isEmpty()) {
        return changes.getLast().revision();
      }
      if (request.flag("allowWatchBookmarks")) {
        bookmark(seen, false);
      }
      return seen;
    }

    private boolean concerns(Change change) {
      return change.key().storage().equals(target.type().storage())
          && (target.namespace().isEmpty() || change.key().namespace().equals(target.namespace()));
    }

    /// An object that begins or ceases to match is added or deleted, as far as this watcher is concerned.
    private void send(Change change) throws IOException {
      var before = change.before() != null && selection.matches(change.before());
      var after = change.after() != null && selection.matches(change.after());
      if (before || after) {
        send(!before ? "ADDED" : after ? "MODIFIED" : "DELETED", cluster.show(target.type(), change.last()));
      }
    }

    private void send(String kind, ObjectNode object) throws IOException {
      event(kind, request.wantsTable()
          ? tables.of(target.type(), List.of(object), object.path("metadata"), request.query("includeObject"))
          : object);
    }

    private void bookmark(long revision, boolean initialEnd) throws IOException {
      var mark = JsonNodeFactory.instance.objectNode().put("kind", target.type().kind()).put("apiVersion",
          target.type().apiVersion());
      var metadata = mark.putObject("metadata").put("resourceVersion", Long.toString(revision));
      if (initialEnd) {
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
      }
      event("BOOKMARK", request.wantsTable()
          ? tables.of(target.type(), List.of(mark), metadata, request.query("includeObject"))
          : mark);
    }

    private void event(String kind, ObjectNode object) throws IOException {
      var event = JsonNodeFactory.instance.objectNode().put("type", kind);
      event.set("object", object);
      out.write(Bodies.write(event));
      out.write('\n');
    }
  }
}
