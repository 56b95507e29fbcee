package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.signature.ContainerTrouble.Exited;
import dev.serin.signature.RecordRules;
import dev.serin.signature.tenant.TenantKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BurnInReaderTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final SourcePolicy POLICY = new SourcePolicy(Duration.ofSeconds(10), Duration.ZERO,
      new RecordRules(List.of(), Optional.empty()), List.of(), Optional.empty(), List.of(), Set.of());

  private final CountingMeter meter = new CountingMeter();
  private LogServer server;
  private KubernetesClient client;
  private PodLogSource source;

  @BeforeEach
  void begin() throws IOException {
    server = new LogServer();
    client = server.client();
    source = new PodLogSource(client, new TestClock(NOON), meter, 100);
  }

  @AfterEach
  void end() {
    source.close();
    server.close();
    client.close();
  }

  @Test
  @DisplayName("Requests, failures and known signatures are summed over the last hour of all stable pods")
  void sumsOverPods() {
    for (String pod : List.of("stable-1", "stable-2")) {
      server.write(pod, NOON.minusSeconds(4000), request(404, "too old"));
      for (int i = 0; i < 10; i++) {
        server.write(pod, NOON.minusSeconds(3000 - i), request(200, "ok"));
      }
      server.write(pod, NOON.minusSeconds(100), request(404, "Community 4711 not found"));
    }
    server.write("stable-2", NOON.minusSeconds(50), request(404, "Community 815 not found"));

    BurnIn burnIn = burnIn(pod("stable-1", 7200), pod("stable-2", 1800 + 3600));

    assertThat(burnIn.covered()).isTrue();
    assertThat(burnIn.from()).isEqualTo(NOON.minusSeconds(3600));
    assertThat(burnIn.to()).isEqualTo(NOON);
    assertThat(burnIn.exposure()).isEqualTo(ExposureKind.REQUESTS);
    assertThat(burnIn.requests()).isEqualTo(23);
    assertThat(burnIn.failures()).isEqualTo(3);
    assertThat(burnIn.podSeconds()).isEqualTo(7200);
    assertThat(burnIn.observed()).extracting(known -> known.signature().template(), BurnIn.Observed::events)
        .containsExactly(tuple("Community <*> not found", 3L));
  }

  @Test
  @DisplayName("Failures that differ in a name only are one known signature, whose text shows that the name varies")
  void groups() {
    server.write("stable-1", NOON.minusSeconds(100), request(404, "Mailbox of kschmidt not found"));
    server.write("stable-1", NOON.minusSeconds(90), request(404, "Mailbox of alimov not found"));
    server.write("stable-2", NOON.minusSeconds(80), request(404, "Mailbox of qwxz not found"));

    assertThat(burnIn(pod("stable-1", 3600), pod("stable-2", 3600)).observed())
        .extracting(known -> known.signature().template(), BurnIn.Observed::events)
        .containsExactly(tuple("Mailbox of <*> not found", 3L));
  }

  @Test
  @DisplayName("Counts are kept by pod and window, in windows that the pod's log covers from end to end")
  void windows() {
    server.write("stable-1", NOON.minusSeconds(25), request(404, "Community 4711 not found"));
    server.write("stable-1", NOON.minusSeconds(5), request(200, "ok"));
    server.write("stable-1", NOON.minusSeconds(4), request(200, "ok"));
    server.write("stable-2", NOON.minusSeconds(5), request(404, "Community 815 not found"));

    var windows = burnIn(pod("stable-1", 37), pod("stable-2", 10)).windows();

    assertThat(windows).hasSize(3).allMatch(window -> window.burnIn() && window.complete())
        .allMatch(window -> window.canary().isEmpty());
    assertThat(windows.getFirst().start()).isEqualTo(NOON.minusSeconds(30));
    assertThat(windows.getFirst().baseline()).singleElement().satisfies(pod -> {
      assertThat(pod.exposure()).isEqualTo(1);
      assertThat(pod.failures()).isEqualTo(1);
      assertThat(pod.events().values()).containsExactly(1L);
    });
    assertThat(windows.getLast().baseline()).extracting(PodCounts::pod, PodCounts::exposure, PodCounts::failures)
        .containsExactly(tuple("stable-1", 2.0, 0L), tuple("stable-2", 1.0, 1L));
  }

  @Test
  @DisplayName("A canary that runs already is not read: what the new version logs is never stable's past")
  void leavesOutTheCanary() {
    server.write("stable-1", NOON.minusSeconds(10), request(404, "Community 4711 not found"));
    server.write("canary-1", NOON.minusSeconds(20), request(200, "ok"));
    server.write("canary-1", NOON.minusSeconds(10), request(404, "Invoice 4711 has no owner"));

    BurnIn burnIn = burnIn(pod("stable-1", 60), canary("canary-1", 3000));

    assertThat(burnIn.observed()).extracting(known -> known.signature().template())
        .containsExactly("Community <*> not found");
    assertThat(burnIn.requests()).isEqualTo(1);
    assertThat(burnIn.from()).isEqualTo(NOON.minusSeconds(60));
    assertThat(burnIn.podSeconds()).isEqualTo(60);
    assertThat(server.read("stable-1")).isEqualTo(1);
    assertThat(server.read("canary-1")).isZero();
  }

  @Test
  @DisplayName("With pods of the canary only, nothing is covered")
  void canaryAloneCoversNothing() {
    server.write("canary-1", NOON.minusSeconds(10), request(404, "Invoice 4711 has no owner"));

    assertThat(burnIn(canary("canary-1", 60))).isEqualTo(burnIn());
  }

  @Test
  @DisplayName("A pod younger than an hour counts from its start")
  void countsFromStart() {
    server.write("stable-1", NOON.minusSeconds(10), request(200, "ok"));

    BurnIn burnIn = burnIn(pod("stable-1", 60));

    assertThat(burnIn.from()).isEqualTo(NOON.minusSeconds(60));
    assertThat(burnIn.podSeconds()).isEqualTo(60);
  }

  @Test
  @DisplayName("An application that logs only its failures is exposed in pod-seconds, and its failures are error records")
  void failuresOnlyArePodSeconds() {
    for (int i = 0; i < 20; i++) {
      server.write("stable-1", NOON.minusSeconds(100 - i), request(404, "Community " + i + " not found"));
    }
    server.write("stable-1", NOON.minusSeconds(5), "{\"level\":\"ERROR\",\"message\":\"Tenant missing\"}");

    BurnIn burnIn = burnIn(pod("stable-1", 7200));

    assertThat(burnIn.exposure()).isEqualTo(ExposureKind.POD_SECONDS);
    assertThat(burnIn.requests()).isEqualTo(20);
    assertThat(burnIn.failures()).isEqualTo(1);
    assertThat(burnIn.podSeconds()).isEqualTo(3600);
  }

  @Test
  @DisplayName("Of each signature it tells how many events showed no tenant, over all pods")
  void nameless() {
    for (int i = 0; i < 3; i++) {
      server.write("stable-1", NOON.minusSeconds(9 - i),
          "{\"level\":\"ERROR\",\"message\":\"Mailbox lost\",\"tenant\":\"acme\"}");
      server.write("stable-2", NOON.minusSeconds(9 - i),
          "{\"level\":\"ERROR\",\"message\":\"Export was interrupted\"}");
    }
    server.write("stable-2", NOON.minusSeconds(2), "{\"level\":\"ERROR\",\"message\":\"Mailbox lost\"}");
    var keyed = new SourcePolicy(POLICY.window(), POLICY.warmup(), POLICY.rules(), List.of(),
        Optional.of(new TenantKey(new byte[16])), List.of(), Set.of());

    var burnIn = source.burnIn(Set.of(pod("stable-1", 7200), pod("stable-2", 7200)), keyed, NOON);

    assertThat(burnIn.observed()).extracting(seen -> seen.signature().template(), BurnIn.Observed::events,
        BurnIn.Observed::nameless).containsExactlyInAnyOrder(tuple("Mailbox lost", 4L, 1L),
            tuple("Export was interrupted", 3L, 3L));
  }

  @Test
  @DisplayName("Exactly half of the requests below status 400 is enough for requests")
  void halfIsEnough() {
    server.write("stable-1", NOON.minusSeconds(3), request(200, "ok"));
    server.write("stable-1", NOON.minusSeconds(2), request(404, "gone"));
    assertThat(burnIn(pod("stable-1", 7200)).exposure()).isEqualTo(ExposureKind.REQUESTS);

    server.write("stable-1", NOON.minusSeconds(1), request(404, "gone"));
    assertThat(burnIn(pod("stable-1", 7200)).exposure()).isEqualTo(ExposureKind.POD_SECONDS);
  }

  @Test
  @DisplayName("Without a readable log nothing is covered, nothing is known, and nothing is thrown")
  void uncovered() {
    server.refuse("stable-1", 500);

    BurnIn burnIn = burnIn(pod("stable-1", 7200));

    assertThat(burnIn)
        .isEqualTo(new BurnIn(NOON, NOON, false, ExposureKind.POD_SECONDS, 0, 0, 0, List.of(), List.of()));
    assertThat(burnIn()).isEqualTo(burnIn);
  }

  @Test
  @DisplayName("A pod whose log cannot be read adds neither events nor seconds to the others'")
  void leavesOutUnreadablePods() {
    server.refuse("stable-1", 500);
    server.write("stable-2", NOON.minusSeconds(1), request(200, "ok"));

    BurnIn burnIn = burnIn(pod("stable-1", 7200), pod("stable-2", 100));

    assertThat(burnIn.covered()).isTrue();
    assertThat(burnIn.requests()).isEqualTo(1);
    assertThat(burnIn.podSeconds()).isEqualTo(100);
  }

  @Test
  @DisplayName("How containers exited within the last hour is known, each in the window in which a trial would have counted it")
  void knowsExits() {
    server.write("stable-1", NOON.minusSeconds(10), request(200, "ok"));
    var young = new SourcePolicy(Duration.ofSeconds(10), Duration.ofSeconds(60), POLICY.rules(), List.of(),
        Optional.empty(), List.of(), Set.of());

    BurnIn burnIn = source.burnIn(Set.of(exited("stable-1", 600, exit("app", 7000, 600)),
        exited("stable-2", 30, exit("app", 7000, 30)), exited("stable-3", 600, exit("proxy", 630, 600)),
        exited("stable-4", 3700, exit("app", 7000, 3700))), young, NOON);

    assertThat(burnIn.observed()).containsExactly(
        new BurnIn.Observed(new Exited("app", "OOMKilled", 137).signature(), 2, 2));
    assertThat(burnIn.windows().stream().filter(window -> !window.events(Arm.BASELINE).isEmpty())).singleElement()
        .satisfies(window -> {
          assertThat(window.start()).isEqualTo(NOON.minusSeconds(530));
          assertThat(window.events(Arm.BASELINE).values()).containsExactly(1L);
          assertThat(window.failures(Arm.BASELINE)).isZero();
        });
  }

  private static PodTarget exited(String name, int age, PodTarget.Exit exit) {
    return new PodTarget("shop", name, "uid-" + name, "app", Arm.BASELINE, NOON.minusSeconds(age), List.of(exit));
  }

  private static PodTarget.Exit exit(String container, int started, int ended) {
    return new PodTarget.Exit(new Exited(container, "OOMKilled", 137), 1, NOON.minusSeconds(started),
        NOON.minusSeconds(ended));
  }

  @Test
  @DisplayName("A quiet pod's log is covered though it has no line")
  void quietPod() {
    BurnIn burnIn = burnIn(pod("stable-1", 100));

    assertThat(burnIn.covered()).isTrue();
    assertThat(burnIn.podSeconds()).isEqualTo(100);
    assertThat(burnIn.exposure()).isEqualTo(ExposureKind.POD_SECONDS);
  }

  @Test
  @DisplayName("Of a log above 16 MiB the first 16 MiB of the last 65,536 lines are read, and only their time counts")
  void boundsBytes() {
    String filler = "x".repeat(1000);
    int lines = 20_000;
    for (int i = 0; i < lines; i++) {
      server.write("stable-1", NOON.minusMillis(lines - i), request(200, filler));
    }

    BurnIn burnIn = burnIn(pod("stable-1", 7200));

    // A line has 1,000 bytes of filler, and its frame.
    assertThat(burnIn.requests()).isLessThan(16L << 10).isGreaterThan(14_000);
    assertThat(meter.lines).as("the past is in no window").hasValue(0);
    assertThat(burnIn.podSeconds()).isBetween(14.0, 17.0);
    assertThat(burnIn.from()).isEqualTo(NOON.minusMillis(lines));
  }

  private BurnIn burnIn(PodTarget... pods) {
    return source.burnIn(Set.of(pods), POLICY, NOON);
  }

  private static PodTarget pod(String name, int age) {
    return target(name, age, Arm.BASELINE);
  }

  private static PodTarget canary(String name, int age) {
    return target(name, age, Arm.CANARY);
  }

  private static PodTarget target(String name, int age, Arm arm) {
    return new PodTarget("shop", name, "uid-" + name, "app", arm, NOON.minusSeconds(age), List.of());
  }

  private static String request(int status, String message) {
    return "{\"level\":\"INFO\",\"status\":%d,\"method\":\"GET\",\"route\":\"/communities/{id}\",\"message\":\"%s\"}"
        .formatted(status, message);
  }
}
