package dev.serin.e2e.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An open watch that collects its events.
final class Watching implements AutoCloseable {

  /// @param type
  ///          `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`
  record Event(String type, JsonNode object) {

    /// Type and name, such as `ADDED one`.
    @Override
    public String toString() {
      return type + " " + object.at("/metadata/name").asText();
    }
  }

  private final int code;
  private final InputStream body;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  Watching(HttpResponse<InputStream> response) {
    this.code = response.code();
    this.body = response.body();
    Thread.ofVirtual().name("watch").start(this::read);
  }

  int code() {
    return code;
  }

  /// Waits until there are `count` events or more, and returns all of them, oldest first.
  List<Event> events(int count) {
    return await().atMost(Duration.ofSeconds(20)).until(() -> List.copyOf(events), seen -> seen.size() >= count);
  }

  /// Waits until the server sends an event of a type, and returns the first one.
  Event first(String type) {
    return await().atMost(Duration.ofSeconds(20))
        .until(() -> events.stream().filter(event -> event.type().equals(type)).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the watch", e);
    }
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = Api.JSON.readTree(line);
        events.add(new Event(event.path("type").asText(), event.path("object")));
      }
    } catch (IOException e) {
      // The test closed the watch, or the server did: what came before counts.
      events.add(new Event("CLOSED", Api.JSON.createObjectNode()));
    }
  }
}
