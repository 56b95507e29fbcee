package dev.serin.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Watches and log streams: answers that go on.
@Timeout(60)
class StreamsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String END = "end of the stream";
  private static final String LOG = "/api/v1/namespaces/shop/pods/web/log?follow=true";

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  /// What the server says, line by line.
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private StubApi api;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    api = StubApi.start(this::serve);
    proxy = FaultProxy.start(api.kubeconfig());
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    proxy.close();
    api.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.flush();
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("Each line is there before the server says the next one, and the end is a clean one")
  void streamsLineByLine() throws Exception {
    BufferedReader log = follow();
    for (String line : new String[]{"one", "two", "zwölf"}) {
      lines.add(line);
      assertThat(next(log)).succeedsWithin(PATIENCE).isEqualTo(line);
    }

    lines.add(END);

    assertThat(next(log)).succeedsWithin(PATIENCE).isNull();
  }

  @Test
  @DisplayName("A hundred streams run beside each other")
  void streamsAtOnce() throws Exception {
    var logs = new ArrayList<BufferedReader>();
    for (int i = 0; i < 100; i++) {
      logs.add(follow());
    }
    logs.forEach(_ -> lines.add("line"));

    // Which stream gets which line is chance, but each handler takes one line at a time and then waits for more.
    lines.addAll(Collections.nCopies(100, END));
    long said = 0;
    for (BufferedReader log : logs) {
      said += log.lines().count();
    }

    assertThat(said).isEqualTo(100);
  }

  @Test
  @DisplayName("Cut after lines: these are delivered, then the stream breaks")
  void cutsAfterLines() throws Exception {
    var fault = proxy.plan(Trigger.nth(1, StreamsTest::followsLog), new Action.Cut(2));
    BufferedReader log = follow();
    lines.add("one\ntwo\nthree");

    assertThat(log.readLine()).isEqualTo("one");
    assertThat(log.readLine()).isEqualTo("two");
    assertThatThrownBy(log::readLine).isInstanceOf(IOException.class);
    assertThat(fault.await(PATIENCE).number()).isEqualTo(1);
  }

  @Test
  @DisplayName("Silence after lines: these are delivered, then nothing, and the stream neither breaks nor ends")
  void fallsSilent() throws Exception {
    var fault = proxy.plan(Trigger.nth(1, StreamsTest::followsLog), new Action.Silence(1));
    BufferedReader log = follow();
    lines.add("one\ntwo");
    lines.add(END);

    assertThat(log.readLine()).isEqualTo("one");
    fault.await(PATIENCE);
    assertStaysSilent(log);
  }

  @Test
  @DisplayName("Silence after no line at all: the headers come, and the fault has begun without a line")
  void silentFromTheStart() throws Exception {
    var fault = proxy.plan(Trigger.nth(1, StreamsTest::followsLog), new Action.Silence(0));
    BufferedReader log = follow();

    fault.await(PATIENCE);
    lines.add("one");
    assertStaysSilent(log);
  }

  @Test
  @DisplayName("A stream that is open can be cut")
  void cutsOpenStream() throws Exception {
    BufferedReader log = follow();
    lines.add("one");
    assertThat(log.readLine()).isEqualTo("one");

    assertThat(proxy.cut(request -> !followsLog(request))).isZero();
    assertThat(proxy.cut(StreamsTest::followsLog)).isEqualTo(1);

    assertThatThrownBy(log::readLine).isInstanceOf(IOException.class);
    assertThat(proxy.cut(StreamsTest::followsLog)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", END})
  @DisplayName("A stream that is open can fall silent: neither a line nor its end is delivered")
  void silencesOpenStream(String unheard) throws Exception {
    BufferedReader log = follow();
    lines.add("one");
    assertThat(log.readLine()).isEqualTo("one");

    assertThat(proxy.silence(StreamsTest::followsLog)).isEqualTo(1);

    lines.add(unheard);
    assertStaysSilent(log);
  }

  @Test
  @DisplayName("When the client hangs up, the server is told at once, also on a stream that says nothing")
  void passesHangUpOn() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var quiet = FaultProxy.start(api.kubeconfig().replaceFirst("127.0.0.1:\\d+",
            "127.0.0.1:" + server.getLocalPort()))) {
      var following = client.sendAsync(HttpRequest.newBuilder(URI.create(quiet.url() + LOG)).build(),
          BodyHandlers.ofInputStream());
      try (var connection = server.accept()) {
        var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        assertThat(request.readLine()).startsWith("GET " + LOG);
        connection.getOutputStream().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8));
        assertThat(following).succeedsWithin(PATIENCE);

        client.shutdownNow();

        assertThat(CompletableFuture.supplyAsync(() -> request.lines().count(), Thread::startVirtualThread))
            .as("the rest of the request, then the end of the connection").succeedsWithin(PATIENCE);
      }
    }
  }

  private static boolean followsLog(Request request) {
    return request.has("follow", "true");
  }

  private BufferedReader follow() throws Exception {
    var response = client.send(HttpRequest.newBuilder(URI.create(proxy.url() + LOG)).build(),
        BodyHandlers.ofInputStream());
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static void assertStaysSilent(BufferedReader log) {
    assertThat(next(log)).failsWithin(Duration.ofMillis(300)).withThrowableOfType(TimeoutException.class);
  }

  private static CompletableFuture<String> next(BufferedReader log) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return log.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }, Thread::startVirtualThread);
  }
}
