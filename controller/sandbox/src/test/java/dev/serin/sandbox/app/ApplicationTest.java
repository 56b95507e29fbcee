package dev.serin.sandbox.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApplicationTest {

  private static final String IMAGE = "community-api:v3";
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final ErrorRule NOT_FOUND = ErrorRule.always("Community <id> not found", 404);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InstantSource clock = now::get;
  private final Versions versions = new Versions(List.of(), clock);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Deque<Application> running = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    running.forEach(Application::close);
    http.close();
  }

  @Test
  @DisplayName("A good answer names image, arm and pod, and is logged with route, status, duration and tenant")
  void good() throws Exception {
    serve(AppVersion.healthy(IMAGE));

    HttpResponse<String> answer = get("/communities/4711/posts", "tenant-7");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).containsEntry("x-sandbox-image", List.of(IMAGE))
        .containsEntry("x-sandbox-arm", List.of("canary")).containsEntry("x-sandbox-pod", List.of("pod-1"));
    assertThat(log).singleElement().asString()
        .contains("\"level\":\"INFO\"", "\"method\":\"GET\"", "\"route\":\"/communities/{id}/posts\"",
            "\"status\":200", "\"duration_ms\":", "\"tenantId\":\"tenant-7\"")
        .doesNotContain("4711");
  }

  @Test
  @DisplayName("A fault answers its status with the id in the message, to the affected tenants only")
  void fault() throws Exception {
    serve(AppVersion.healthy(IMAGE).withErrors(NOT_FOUND.withTenants(0.03)));

    assertThat(get("/communities/89001", "tenant-89").body()).isEqualTo("Community 89001 not found");
    assertThat(get("/communities/89001", "tenant-89").statusCode()).isEqualTo(404);
    assertThat(get("/communities/1001", "tenant-1").statusCode()).isEqualTo(200);
    assertThat(log).hasSize(3);
    assertThat(log.getFirst()).contains("\"message\":\"Community 89001 not found\"", "\"level\":\"WARN\"");
  }

  @Test
  @DisplayName("A fault on one pod leaves the others of its version alone")
  void faultOnOnePod() throws Exception {
    serve(AppVersion.healthy(IMAGE).withErrors(NOT_FOUND.onPod("pod-1")));
    assertThat(get("/communities/1001", "tenant-1").statusCode()).isEqualTo(404);

    versions.define(AppVersion.healthy(IMAGE).withErrors(NOT_FOUND.onPod("pod-2")));
    assertThat(get("/communities/1001", "tenant-1").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("The fault's clock starts with the first pod of the version, and a burst ends by itself")
  void burst() throws Exception {
    serve(AppVersion.healthy(IMAGE).withErrors(NOT_FOUND.inBursts(Duration.ofSeconds(5), Duration.ofSeconds(5))));

    assertThat(get("/communities/1", "tenant-1").statusCode()).isEqualTo(404);
    now.set(NOON.plusSeconds(6));
    assertThat(get("/communities/1", "tenant-1").statusCode()).isEqualTo(200);
    now.set(NOON.plusSeconds(11));
    assertThat(get("/communities/1", "tenant-1").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("A version defined anew changes the running pod with its next request")
  void redefined() throws Exception {
    serve(AppVersion.healthy(IMAGE));
    assertThat(get("/posts", "tenant-1").statusCode()).isEqualTo(200);

    versions.define(AppVersion.healthy(IMAGE).withErrors(ErrorRule.always("boom", 500)));

    assertThat(get("/posts", "tenant-1").statusCode()).isEqualTo(500);
  }

  @Test
  @DisplayName("Every format writes status, and javaStack one line per frame behind the message")
  void formats() throws Exception {
    AppVersion version = AppVersion.healthy(IMAGE)
        .withErrors(ErrorRule.always("Community <id> broke", 500).withException("java.lang.IllegalStateException"));
    serve(version.withLogs(LogFormat.LOGFMT, LoggedRequests.ALL));
    get("/communities/5", "tenant-1");
    versions.define(version.withLogs(LogFormat.PLAIN, LoggedRequests.ALL));
    get("/communities/5", "tenant-1");
    versions.define(version.withLogs(LogFormat.JAVA_STACK, LoggedRequests.ALL));
    get("/communities/5", "tenant-1");

    assertThat(log.get(0)).startsWith("ts=2026-11-24T12:00:00.000Z level=error").contains("msg=\"Community 5 broke\"",
        "route=/communities/{id}", "status=500", "error.type=java.lang.IllegalStateException");
    assertThat(log.get(1)).matches("2026-11-24T12:00:00.000Z ERROR \\[http] \\S+ - Community 5 broke "
        + "\\(GET /communities/5 500 0ms\\)");
    assertThat(log.get(2)).contains(" - Community 5 broke (GET ");
    assertThat(log.subList(3, log.size())).hasSizeGreaterThan(2)
        .first().isEqualTo("java.lang.IllegalStateException: Community 5 broke");
    assertThat(log.subList(4, log.size())).allMatch(frame -> frame.startsWith("\tat "));
  }

  @Test
  @DisplayName("A version that logs only failures says nothing about good requests and readiness checks")
  void onlyFailures() throws Exception {
    serve(AppVersion.healthy(IMAGE).withLogs(LogFormat.JSON, LoggedRequests.FAILURES));

    assertThat(get("/posts", "tenant-1").statusCode()).isEqualTo(200);
    assertThat(get("/ready", "probe").statusCode()).isEqualTo(200);
    assertThat(log).isEmpty();
    assertThat(get("/nowhere", "tenant-1").statusCode()).isEqualTo(404);
    assertThat(log).hasSize(1);
  }

  @Test
  @DisplayName("A version that never gets ready fails its readiness check and serves nevertheless")
  void neverReady() throws Exception {
    serve(AppVersion.healthy(IMAGE).withStartup(Startup.NEVER_READY));

    assertThat(get("/ready", "probe").statusCode()).isEqualTo(503);
    assertThat(get("/posts", "tenant-1").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("While it drains each answer ends its connection")
  void drain() throws Exception {
    serve(AppVersion.healthy(IMAGE));
    assertThat(get("/posts", "tenant-1").headers().firstValue("connection")).isEmpty();

    running.element().drain();

    assertThat(get("/posts", "tenant-1").headers().firstValue("connection")).hasValue("close");
  }

  @Test
  @DisplayName("The same seed fails the same requests")
  void seeded() throws Exception {
    serve(AppVersion.healthy(IMAGE).withErrors(ErrorRule.always("now and then", 503).withRate(0.3)));
    List<Integer> first = statuses();
    running.remove().close();
    serve(AppVersion.healthy(IMAGE).withErrors(ErrorRule.always("now and then", 503).withRate(0.3)));

    assertThat(statuses()).isEqualTo(first);
    assertThat(first).contains(200, 503);
  }

  private List<Integer> statuses() throws Exception {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(get("/posts", "tenant-1").statusCode());
    }
    return statuses;
  }

  private void serve(AppVersion version) throws Exception {
    versions.define(version);
    versions.started(IMAGE);
    running.add(Application.start(new Application.Identity(IMAGE, "canary", "pod-1", 42), versions, clock,
        log::addAll));
  }

  private HttpResponse<String> get(String path, String tenant) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + running.element().address().getPort() + path);
    return http.send(HttpRequest.newBuilder(uri).header("X-Tenant", tenant).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
