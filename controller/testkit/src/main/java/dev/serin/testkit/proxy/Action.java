package dev.serin.testkit.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What is done with a request instead of passing it on.
///
/// To be cut means that the TCP connection ends: the client sees a broken answer, never a complete one. A JDK client
/// sends a GET again by itself when its connection ended without a byte of an answer.
public sealed interface Action {

  /// Nothing special, as without a plan: a test can await the answer.
  record PassOn() implements Action {}

  /// The server sees what it sees of a client that is killed: from the arrival of the request on, nothing else reaches
  /// it. Changes that are on their way then are not called back, and the kill is over when they are answered.
  ///
  /// The client itself lives on, cut off; a test ends it before it starts the next one.
  sealed interface Kill extends Action {}

  /// The request does not reach the server.
  record KillBefore() implements Kill {}

  /// The server answers, and the answer is lost.
  record KillLosingReply() implements Kill {}

  /// The answer is delivered.
  record KillAfter() implements Kill {}

  /// The request is passed on later.
  record Delay(Duration time) implements Action {}

  /// The request is passed on when the future completes in whatever way.
  record Hold(CompletableFuture<?> release) implements Action {}

  /// The request never reaches the server, and the client waits for an answer until it gives up.
  record Blackhole() implements Action {}

  /// The request never reaches the server, and its connection is cut.
  record CutBeforeCommit() implements Action {}

  /// The server answers, the answer is lost, and the connection is cut.
  record CutAfterCommit() implements Action {}

  /// The request never reaches the server; the proxy answers.
  record Answer(int code, Map<String, String> headers, String body) implements Action {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Answer {
      headers = Map.copyOf(headers);
    }

    /// A Status object of kind Failure.
    public static Answer status(int code, String reason, String message) {
      return new Answer(code, Map.of("Content-Type", "application/json"),
          JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1").put("status", "Failure")
              .put("message", message).put("reason", reason).put("code", code).toString());
    }

    public static Answer conflict() {
      return status(409, "Conflict", "Operation cannot be fulfilled: the object has been modified");
    }

    public static Answer tooManyRequests(Duration retryAfter) {
      return status(429, "TooManyRequests", "Too many requests, please try again later.")
          .withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    public static Answer internalError() {
      return status(500, "InternalError", "Internal error occurred");
    }

    public Answer withHeader(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Answer(code, more, body);
    }
  }

  /// The first lines of the answer are delivered and no byte after them; the connection stays open. For watches, whose
  /// lines are events and bookmarks, and for log streams.
  record Silence(int afterLines) implements Action {}

  /// The first lines of the answer are delivered, then the connection is cut.
  record Cut(int afterLines) implements Action {}

  /// The answer is of the past: lists and single objects as they were at this resourceVersion, and 404 for an object
  /// that was not there. Watches, discovery and subresources are answered as ever, and so is the next page of a list.
  /// The server answers 410 for a revision that it has compacted away, after five minutes or more.
  record Frozen(String resourceVersion) implements Action {}
}
