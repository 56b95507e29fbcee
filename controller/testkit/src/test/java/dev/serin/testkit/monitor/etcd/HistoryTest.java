package dev.serin.testkit.monitor.etcd;

import static dev.serin.testkit.monitor.etcd.Gateway.delete;
import static dev.serin.testkit.monitor.etcd.Gateway.events;
import static dev.serin.testkit.monitor.etcd.Gateway.part;
import static dev.serin.testkit.monitor.etcd.Gateway.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CANCELLED = """
      {"result":{"canceled":true,"compact_revision":"50","cancel_reason":"too slow"}}""";

  private final List<Entry> read = new ArrayList<>();
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = Gateway.start();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  /// Reads from revision 11 on until it breaks.
  private void follow(Duration patience) throws InterruptedException {
    new History(new Etcd(gateway.url()), 10, patience).follow(read::addAll);
  }

  private List<Long> revisions() {
    return read.stream().map(Entry::revision).toList();
  }

  @Test
  @DisplayName("Every revision is read once and in order; after a cut reading goes on with the next one")
  void goesOnAfterACut() {
    gateway.then("{\"result\":{\"created\":true}}", events(put(11, "/registry/a", "{\"kind\":\"A\"}")),
        events(put(12, "/registry/b", "{}"), delete(12, "/registry/a"), put(13, "compact_rev_key", "7")))
        .then().then(events(delete(14, "/registry/b")), CANCELLED);

    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class);
    assertThat(revisions()).containsExactly(11L, 12L, 12L, 13L, 14L);
    assertThat(read).extracting(Entry::key).containsExactly("/registry/a", "/registry/b", "/registry/a",
        "compact_rev_key", "/registry/b");
    assertThat(read).extracting(entry -> entry.object() == null).containsExactly(false, false, true, true, true);
    assertThat(read).extracting(Entry::ofObject).containsExactly(true, true, true, false, true);
    assertThat(gateway.requests()).extracting(request -> request.at("/create_request/start_revision").asLong())
        .containsExactly(11L, 14L, 14L);
  }

  @Test
  @DisplayName("An answer in parts is passed on as a whole; parts that a cut left unfinished come again")
  void parts() {
    gateway.then(part(put(11, "/registry/a", "{}"), put(12, "/registry/b", "{}")))
        .then(part(put(11, "/registry/a", "{}")), events(put(12, "/registry/b", "{}")), CANCELLED);

    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class);
    assertThat(revisions()).containsExactly(11L, 12L);
  }

  @Test
  @DisplayName("A cancelled watch breaks it, with what etcd said")
  void cancelled() {
    gateway.then(CANCELLED);

    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class).hasMessage(
        "etcd cancelled the watch after revision 10 (too slow), it has compacted up to revision 50");
  }

  @ParameterizedTest
  @ValueSource(longs = {13, 15, 11, 2})
  @DisplayName("A revision that is skipped or comes again breaks it")
  void skipped(long revision) {
    gateway.then(events(put(11, "/registry/a", "{}")), events(put(revision, "/registry/a", "{}")));

    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class)
        .hasMessage("revision " + revision + " follows revision 11");
    assertThat(revisions()).containsExactly(11L);
  }

  @Test
  @DisplayName("An object that is not stored as JSON breaks it, with the flag that is missing")
  void protobuf() {
    gateway.then(events(put(11, "/registry/pods/shop/a", "k8s\0binary")));

    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class).hasMessageStartingWith(
        "/registry/pods/shop/a is not stored as JSON, does the API server have --storage-media-type=application/json?");

    gateway.then(events(put(11, "/registry/pods/shop/a", "7")));
    assertThatThrownBy(() -> follow(PATIENCE)).isInstanceOf(BrokenHistoryException.class)
        .hasMessage("/registry/pods/shop/a holds no object");
  }

  @Test
  @DisplayName("An etcd that stays away breaks it, with the last reason")
  void away() {
    gateway.then("{\"error\":{\"message\":\"leader changed\"}}");
    assertThatThrownBy(() -> follow(Duration.ZERO)).isInstanceOf(BrokenHistoryException.class)
        .hasMessageStartingWith("etcd is away since revision 10: ").hasMessageContaining("leader changed");

    assertThatThrownBy(() -> follow(Duration.ZERO)).isInstanceOf(BrokenHistoryException.class)
        .hasMessageStartingWith("etcd is away since revision 10: ").hasMessageContaining("the script is over");

    gateway.close();
    assertThatThrownBy(() -> follow(Duration.ZERO)).isInstanceOf(BrokenHistoryException.class)
        .hasMessageStartingWith("etcd is away since revision 10: ").hasMessageContaining("ConnectException");
  }

  @Test
  @DisplayName("A snapshot is read page by page at one revision")
  void snapshot() throws Exception {
    gateway.then("{\"header\":{\"revision\":\"42\"},\"more\":true,\"kvs\":[" + Gateway.keyValue(3, "/registry/a", "{}")
        + "," + Gateway.keyValue(5, "/registry/b", "{}") + "]}")
        .then("{\"header\":{\"revision\":\"44\"},\"kvs\":[" + Gateway.keyValue(7, "/registry/c", "{}") + "]}");

    Etcd.Snapshot snapshot = new Etcd(gateway.url()).snapshot();

    assertThat(snapshot.revision()).isEqualTo(42);
    assertThat(snapshot.entries()).extracting(Entry::key).containsExactly("/registry/a", "/registry/b", "/registry/c");
    assertThat(gateway.requests()).last().satisfies(request -> {
      assertThat(request.path("key").asText()).isEqualTo(Gateway.base64("/registry/b\0"));
      assertThat(request.path("revision").asLong()).isEqualTo(42);
    });
    assertThatThrownBy(() -> new Etcd(gateway.url()).revision()).isInstanceOf(IOException.class)
        .hasMessage("etcd refuses to be read: the script is over");
  }
}
