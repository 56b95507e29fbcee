package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.serin.api.v1alpha1.RolloutSpec.Hold;
import dev.serin.rollout.Workload.Protection;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proof against a server that answers dry runs as it is told.
class HoldProofTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);

  private record Answer(int code, String body) {}

  private final AtomicReference<Answer> answer = new AtomicReference<>(held("this", true));
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private KubernetesClient client;
  private HoldProof proof;

  private static Answer held(String uid, boolean paused) {
    return new Answer(200, """
        {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"paused": %s},
         "metadata": {"name": "shop", "namespace": "default", "uid": "%s"}}""".formatted(paused, uid));
  }

  private static Answer refused(int code) {
    return new Answer(code, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": " + code
        + "}");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      // The client reads the Deployment before it patches it.
      boolean dryRun = exchange.getRequestMethod().equals("PATCH");
      asked.addAndGet(dryRun ? 1 : 0);
      Answer given = dryRun ? answer.get() : held("this", false);
      byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(given.code(), body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()).withRequestRetryBackoffLimit(0).build())
        .build();
    proof = new HoldProof(client, GOOD_FOR);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private static DeploymentView deployment(String uid) {
    try {
      return new DeploymentView(new ObjectMapper().readTree(held(uid, false).body()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Protection ask(Instant now) {
    return proof.protection(Hold.AUTO, deployment("this"), false, now);
  }

  @Test
  @DisplayName("A proof counts for its time, and for one Deployment only")
  void counts() {
    assertThat(ask(NOON)).isEqualTo(new Protection.Policy());
    answer.set(held("this", false));
    assertThat(ask(NOON.plusSeconds(599))).isEqualTo(new Protection.Policy());
    assertThat(asked).hasValue(1);
    assertThat(ask(NOON.plusSeconds(600))).isInstanceOf(Protection.Unproven.class);

    answer.set(held("another", true));
    assertThat(proof.protection(Hold.AUTO, deployment("another"), false, NOON.plusSeconds(601)))
        .isEqualTo(new Protection.Policy());
  }

  @Test
  @DisplayName("Asked anew, an old proof does not count, neither instead of an answer nor where there is none")
  void anew() {
    ask(NOON);
    answer.set(held("this", false));
    assertThat(proof.protection(Hold.AUTO, deployment("this"), true, NOON.plusSeconds(1)))
        .isInstanceOf(Protection.Unproven.class);

    answer.set(refused(503));
    assertThatThrownBy(() -> proof.protection(Hold.AUTO, deployment("this"), true, NOON.plusSeconds(2)))
        .isInstanceOf(KubernetesClientException.class);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {408, 409, 429, 500, 503, 504})
  @DisplayName("A server that is away, has too much to do, or saw another write first says nothing about the policy: the last proof stays, and without one it is asked again")
  void noAnswer(int code) {
    answer.set(refused(code));
    assertThatThrownBy(() -> ask(NOON)).isInstanceOf(KubernetesClientException.class);

    answer.set(held("this", true));
    ask(NOON);
    answer.set(refused(code));
    assertThat(ask(NOON.plus(GOOD_FOR))).isEqualTo(new Protection.Policy());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {400, 403, 422})
  @DisplayName("A server that refuses the dry run proves nothing, and the message says what to look for")
  void refusedDryRun(int code) {
    ask(NOON);
    answer.set(refused(code));
    assertThat(ask(NOON.plus(GOOD_FOR))).isInstanceOfSatisfying(Protection.Unproven.class,
        unproven -> assertThat(unproven.why()).contains("was refused (" + code + ")"));
  }

  @Test
  @DisplayName("Of a Deployment that is forgotten no proof is left")
  void forgets() {
    ask(NOON);
    proof.forget("default", "shop");
    answer.set(held("this", false));

    assertThat(ask(NOON.plusSeconds(1))).isInstanceOf(Protection.Unproven.class);
  }
}
