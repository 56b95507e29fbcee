package dev.serin.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.serin.testkit.proxy.Traced.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PODS = "/api/v1/namespaces/shop/pods";

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  /// A POST to `/slow` is answered when this is open.
  private final CountDownLatch slow = new CountDownLatch(1);
  private final CountDownLatch slowArrived = new CountDownLatch(1);
  private StubApi api;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    api = StubApi.start(this::serve);
    proxy = FaultProxy.start(api.kubeconfig());
  }

  @AfterEach
  void stop() {
    slow.countDown();
    client.shutdownNow();
    proxy.close();
    api.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().endsWith("/slow")) {
      slowArrived.countDown();
      awaitOpen(slow);
    }
    exchange.getResponseHeaders().add("Seen-Token", exchange.getRequestHeaders().getFirst("Authorization"));
    exchange.getResponseHeaders().add("Audit-Id", "7");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    StubApi.answer(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, "got " + body);
  }

  @Nested
  class WithoutPlan {

    @Test
    @DisplayName("Request and answer pass unchanged: target, token, body, status, headers")
    void passesUnchanged() throws Exception {
      var answer = send("POST", PODS + "?fieldManager=a%20b", "{\"ä\":1}");

      assertThat(api.reached()).containsExactly("POST " + PODS + "?fieldManager=a%20b");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("got {\"ä\":1}");
      assertThat(answer.headers().firstValue("Audit-Id")).hasValue("7");
      assertThat(answer.headers().firstValue("Seen-Token")).hasValue("Bearer secret");
    }

    @Test
    @DisplayName("A body in chunks arrives whole, and a HEAD has no body")
    void passesEveryFraming() throws Exception {
      var chunked = client.send(request(proxy, PODS).POST(BodyPublishers
          .fromPublisher(BodyPublishers.ofString("x".repeat(100_000)))).build(), BodyHandlers.ofString());
      var head = send("HEAD", PODS, "");

      assertThat(chunked.body()).isEqualTo("got " + "x".repeat(100_000));
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Length")).hasValue("4");
      assertThat(send("GET", PODS, "").body()).isEqualTo("got ");
    }

    @Test
    @DisplayName("Requests are numbered in the order of arrival, writes by themselves")
    void numbers() throws Exception {
      send("GET", PODS + "?limit=1", "");
      send("POST", PODS, "{}");
      send("POST", "/apis/events.k8s.io/v1/namespaces/shop/events", "{}");
      send("DELETE", PODS + "/a", "");

      assertThat(proxy.trace()).containsExactly(
          new Traced(1, 0, new Request("GET", PODS, "limit=1"), new Outcome.Answered(200)),
          new Traced(2, 1, new Request("POST", PODS, ""), new Outcome.Answered(201)),
          new Traced(3, 0, new Request("POST", "/apis/events.k8s.io/v1/namespaces/shop/events", ""),
              new Outcome.Answered(201)),
          new Traced(4, 2, new Request("DELETE", PODS + "/a", ""), new Outcome.Answered(200)));
      assertThat(proxy.writes()).extracting(Traced::committed).containsExactly(true, true);
    }

    @Test
    @DisplayName("Only the writes that the test asks for are counted")
    void countsWhatIsAskedFor() throws Exception {
      try (var counting = FaultProxy.start(api.kubeconfig(), request -> request.namespace().equals("other"))) {
        send(counting, "POST", PODS, "{}");
        send(counting, "POST", "/api/v1/namespaces/other/pods", "{}");

        assertThat(counting.trace()).extracting(Traced::write).containsExactly(0, 1);
      }
    }

    @Test
    @DisplayName("A WebSocket is refused with 503 and leaves no trace")
    void refusesWebSockets() {
      var refused = client.newWebSocketBuilder().buildAsync(URI.create(proxy.url().replace("http", "ws") + PODS),
          new WebSocket.Listener() {
          });

      assertThat(refused).failsWithin(PATIENCE).withThrowableThat().havingCause()
          .asInstanceOf(InstanceOfAssertFactories.type(WebSocketHandshakeException.class))
          .extracting(e -> e.getResponse().statusCode()).isEqualTo(503);
      assertThat(proxy.trace()).isEmpty();
    }

    @Test
    @DisplayName("A server that does not answer is a broken connection, not an answer of the proxy")
    void showsThatTheServerIsGone() {
      api.close();

      assertThatThrownBy(() -> send("POST", PODS, "{}")).isInstanceOf(IOException.class);
      assertThat(proxy.writes()).singleElement().extracting(Traced::outcome).isEqualTo(new Outcome.Unanswered());
    }
  }

  @Nested
  class OneRequest {

    @Test
    @DisplayName("A made-up answer has the code, headers and Status asked for, and the server does not see the request")
    void answers() throws Exception {
      var fault = proxy.plan(Trigger.write(2), Action.Answer.tooManyRequests(Duration.ofSeconds(3)));
      send("POST", PODS, "1");
      var answer = send("POST", PODS, "2");
      send("POST", PODS, "3");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
      assertThat(answer.body()).contains("\"reason\":\"TooManyRequests\"", "\"code\":429", "\"kind\":\"Status\"");
      assertThat(fault.await(PATIENCE)).isEqualTo(
          new Traced(2, 2, new Request("POST", PODS, ""), new Outcome.MadeUp(429)));
      assertThat(api.reached()).hasSize(2);
    }

    @Test
    @DisplayName("Matches are counted since the fault was planned")
    void countsMatches() throws Exception {
      Predicate<Request> deletes = request -> request.method().equals("DELETE");
      send("DELETE", PODS + "/a", "");
      proxy.plan(Trigger.nth(2, deletes), Action.Answer.conflict());
      proxy.plan(new Trigger.Matching(deletes, 2, 3), Action.Answer.internalError());

      var codes = List.of(send("DELETE", PODS + "/a", "").statusCode(), send("GET", PODS, "").statusCode(),
          send("DELETE", PODS + "/a", "").statusCode(), send("DELETE", PODS + "/a", "").statusCode(),
          send("DELETE", PODS + "/a", "").statusCode());

      assertThat(codes).as("the fault planned first wins, the other counts on").containsExactly(200, 200, 409, 500,
          200);
    }

    @Test
    @DisplayName("A look before a write sees the world without it, once; one that has passed cannot be looked at")
    void looks() throws Exception {
      var seen = new CopyOnWriteArrayList<Integer>();
      proxy.beforeWrite(2, () -> seen.add(api.reached().size()));
      send("POST", PODS, "1");
      send("GET", PODS, "");
      send("POST", PODS, "2");
      send("POST", PODS, "3");

      assertThat(seen).containsExactly(2);
      assertThatThrownBy(() -> proxy.beforeWrite(3, () -> seen.add(0))).isInstanceOf(IllegalStateException.class)
          .hasMessage("write 3 has passed already: there were 3");
    }

    @Test
    @DisplayName("Cut before the commit: the server sees nothing, the client a broken connection, and life goes on")
    void cutsBeforeCommit() throws Exception {
      var fault = proxy.plan(Trigger.write(1), new Action.CutBeforeCommit());

      assertThatThrownBy(() -> send("POST", PODS, "lost")).isInstanceOf(IOException.class);

      assertThat(fault.await(PATIENCE).outcome()).isEqualTo(new Outcome.Withheld());
      assertThat(api.reached()).isEmpty();
      assertThat(send("POST", PODS, "next").statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("Cut after the commit: the server has done it, the client sees a broken connection, and life goes on")
    void cutsAfterCommit() throws Exception {
      var fault = proxy.plan(Trigger.write(1), new Action.CutAfterCommit());

      assertThatThrownBy(() -> send("POST", PODS, "lost")).isInstanceOf(IOException.class);

      assertThat(fault.await(PATIENCE).committed()).isTrue();
      assertThat(api.reached()).hasSize(1);
      assertThat(send("POST", PODS, "next").statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("A blackhole keeps the client waiting until it gives up")
    void swallows() {
      var fault = proxy.plan(Trigger.write(1), new Action.Blackhole());

      assertThatThrownBy(
          () -> client.send(request(proxy, PODS).timeout(Duration.ofMillis(300)).POST(BodyPublishers.noBody()).build(),
              BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class);
      assertThat(fault.await(PATIENCE).outcome()).isEqualTo(new Outcome.Withheld());
      assertThat(api.reached()).isEmpty();
    }

    @Test
    @DisplayName("A held request reaches the server when it is released, after others that came later")
    void holds() throws Exception {
      var release = new CompletableFuture<Void>();
      var fault = proxy.plan(Trigger.write(1), new Action.Hold(release));
      var held = sendAsync("POST", PODS + "?first", "1");
      assertThat(fault.await(PATIENCE).outcome()).isEqualTo(new Outcome.Pending());

      send("POST", PODS + "?second", "2");
      release.complete(null);

      assertThat(held).succeedsWithin(PATIENCE).extracting(HttpResponse::statusCode).isEqualTo(201);
      assertThat(api.reached()).containsExactly("POST " + PODS + "?second", "POST " + PODS + "?first");
    }

    @Test
    @DisplayName("A delayed request takes at least its delay")
    void delays() throws Exception {
      proxy.plan(Trigger.write(1), new Action.Delay(Duration.ofMillis(200)));
      long begin = System.nanoTime();

      assertThat(send("POST", PODS, "").statusCode()).isEqualTo(201);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Nested
  class Kill {

    @Test
    @DisplayName("Before a write: neither it nor anything later reaches the server")
    void before() throws Exception {
      var kill = proxy.plan(Trigger.write(2), new Action.KillBefore());
      send("POST", PODS + "?1", "");

      assertThatThrownBy(() -> send("POST", PODS + "?2", "")).isInstanceOf(IOException.class);

      assertThat(kill.await(PATIENCE).outcome()).isEqualTo(new Outcome.Withheld());
      assertDead();
      assertThat(api.reached()).containsExactly("POST " + PODS + "?1");
    }

    @Test
    @DisplayName("Losing the reply: the server has done the write, and nothing later reaches it")
    void losingReply() throws Exception {
      var kill = proxy.plan(Trigger.write(2), new Action.KillLosingReply());
      send("POST", PODS + "?1", "");

      assertThatThrownBy(() -> send("POST", PODS + "?2", "")).isInstanceOf(IOException.class);

      assertThat(kill.await(PATIENCE).committed()).isTrue();
      assertDead();
      assertThat(api.reached()).containsExactly("POST " + PODS + "?1", "POST " + PODS + "?2");
    }

    @Test
    @DisplayName("After a write: the client gets the reply, and nothing later reaches the server")
    void after() throws Exception {
      var kill = proxy.plan(Trigger.write(2), new Action.KillAfter());
      send("POST", PODS + "?1", "");

      assertThat(send("POST", PODS + "?2", "body").body()).isEqualTo("got body");

      assertThat(kill.await(PATIENCE).committed()).isTrue();
      assertDead();
      assertThat(api.reached()).containsExactly("POST " + PODS + "?1", "POST " + PODS + "?2");
    }

    @Test
    @DisplayName("It is over only when the changes underway are answered, and their answers are lost")
    void waitsForChangesUnderway() throws Exception {
      var kill = proxy.plan(Trigger.write(2), new Action.KillBefore());
      var underway = sendAsync("POST", PODS + "/slow", "");
      awaitOpen(slowArrived);

      assertThatThrownBy(() -> send("POST", PODS, "")).isInstanceOf(IOException.class);
      assertThat(underway).failsWithin(PATIENCE);
      assertThat(kill.happened()).isFalse();
      slow.countDown();

      assertThat(kill.await(PATIENCE).write()).isEqualTo(2);
      assertThat(proxy.writes()).extracting(Traced::committed).containsExactly(true, false);
    }

    private void assertDead() {
      int before = proxy.trace().size();
      assertThatThrownBy(() -> send("GET", PODS, "")).isInstanceOf(IOException.class);
      assertThat(proxy.trace()).hasSize(before);
    }
  }

  @Nested
  class Lifetime {

    @Test
    @DisplayName("A fault for a write that has passed is refused at once")
    void refusesThePast() throws Exception {
      send("POST", PODS, "");

      assertThatThrownBy(() -> proxy.plan(Trigger.write(1), new Action.KillBefore()))
          .isInstanceOf(IllegalStateException.class).hasMessage("write 1 has passed already: there were 1");
    }

    @Test
    @DisplayName("Who waits in vain is told for what")
    void tellsWhatDidNotHappen() {
      var fault = proxy.plan(Trigger.write(1), new Action.KillBefore());

      assertThatThrownBy(() -> fault.await(Duration.ofMillis(10))).isInstanceOf(IllegalStateException.class)
          .hasMessage("KillBefore[] at Write[index=1] did not happen in PT0.01S");
      proxy.close();
      assertThatThrownBy(() -> fault.await(PATIENCE)).hasRootCauseMessage("the proxy was closed before");
    }

    @Test
    @DisplayName("Closing leaves no selector of an HTTP client behind")
    void leavesNoSelector() throws Exception {
      send("GET", PODS, "");
      var others = selectors();
      var another = FaultProxy.start(api.kubeconfig());
      assertThat(send(another, "GET", PODS, "").statusCode()).isEqualTo(200);
      var its = selectors();
      its.removeAll(others);
      assertThat(its).isNotEmpty();

      another.close();

      assertThat(selectors()).doesNotContainAnyElementsOf(its);
    }

    private static Set<Thread> selectors() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().endsWith("SelectorManager")).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("Closing ends what is underway and returns only when no thread works any more")
    void closes() throws Exception {
      var hole = proxy.plan(Trigger.nth(1, request -> request.path().equals("/hole")), new Action.Blackhole());
      var held = proxy.plan(Trigger.nth(1, request -> request.path().equals("/held")),
          new Action.Hold(new CompletableFuture<>()));
      var waiting = List.of(sendAsync("POST", "/hole", ""), sendAsync("POST", "/held", ""),
          sendAsync("POST", PODS + "/slow", ""));
      hole.await(PATIENCE);
      held.await(PATIENCE);
      awaitOpen(slowArrived);

      proxy.close();

      assertThat(waiting).allSatisfy(answer -> assertThat(answer).failsWithin(PATIENCE));
      assertThatThrownBy(() -> send("POST", PODS, "")).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @DisplayName("A kubeconfig that spells its server in another way is refused: its client would go past the proxy")
  void refusesAnotherSpelling() {
    var withoutScheme = api.kubeconfig().replace("http://", "");

    assertThatThrownBy(() -> FaultProxy.start(withoutScheme)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the kubeconfig does not spell its server");
  }

  private HttpResponse<String> send(String method, String target, String body) throws Exception {
    return send(proxy, method, target, body);
  }

  private HttpResponse<String> send(FaultProxy through, String method, String target, String body) throws Exception {
    return client.send(request(through, method, target, body), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(String method, String target, String body) {
    return client.sendAsync(request(proxy, method, target, body), BodyHandlers.ofString());
  }

  private static HttpRequest request(FaultProxy through, String method, String target, String body) {
    return request(through, target)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
  }

  private static HttpRequest.Builder request(FaultProxy through, String target) {
    return HttpRequest.newBuilder(URI.create(through.url() + target)).header("Authorization", "Bearer secret");
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
