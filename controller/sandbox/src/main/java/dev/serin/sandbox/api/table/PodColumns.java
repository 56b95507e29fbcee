package dev.serin.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Columns of pods, above all the one-word status that people know.
final class PodColumns {

  private static final String NONE = "<none>";

  private PodColumns() {}

  static List<Column> all() {
    return List.of(Column.ofName(),
        Column.text("Ready", pod -> statuses(pod).filter(status -> status.path("ready").asBoolean()).count() + "/"
            + pod.at("/spec/containers").size()),
        Column.text("Status", PodColumns::status), Column.timed("Restarts", PodColumns::restarts), Column.age(),
        Column.wide("IP", pod -> pod.at("/status/podIP").asText(NONE)),
        Column.wide("Node", pod -> pod.at("/spec/nodeName").asText(NONE)), Column.wide("Nominated Node", _ -> NONE),
        Column.wide("Readiness Gates", _ -> NONE));
  }

  private static String status(JsonNode pod) {
    if (pod.at("/metadata/deletionTimestamp").isTextual()) {
      return "Terminating";
    }
    // The last container's trouble wins, as in Kubernetes.
    var waiting = statuses(pod).map(status -> status.path("state")).flatMap(PodColumns::trouble)
        .reduce((_, last) -> last);
    var phase = pod.at("/status/reason").asText(pod.at("/status/phase").asText());
    return waiting.orElse(phase);
  }

  private static Stream<String> trouble(JsonNode state) {
    var waiting = state.at("/waiting/reason").asText();
    if (!waiting.isEmpty()) {
      return Stream.of(waiting);
    }
    var terminated = state.path("terminated");
    if (terminated.isMissingNode()) {
      return Stream.empty();
    }
    return Stream.of(terminated.path("reason").asText("ExitCode:" + terminated.path("exitCode").asInt()));
  }

  private static String restarts(JsonNode pod, Instant now) {
    var count = statuses(pod).mapToInt(status -> status.path("restartCount").asInt()).sum();
    var last = statuses(pod).map(status -> status.at("/lastState/terminated/finishedAt").asText())
        .filter(time -> !time.isEmpty()).max(String::compareTo);
    return count == 0 || last.isEmpty()
        ? Integer.toString(count)
        : count + " (" + Ages.since(last.get(), now) + " ago)";
  }

  private static Stream<JsonNode> statuses(JsonNode pod) {
    return StreamSupport.stream(pod.at("/status/containerStatuses").spliterator(), false);
  }
}
