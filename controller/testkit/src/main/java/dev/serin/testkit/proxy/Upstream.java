package dev.serin.testkit.proxy;

import dev.serin.testkit.proxy.Connection.Incoming;
import dev.serin.testkit.proxy.Connection.Reply;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/// The way to the API server. Requests and answers are passed on as they are, but for the headers that concern one
/// connection only.
final class Upstream implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Set<String> OF_ONE_CONNECTION = Set.of("connection", "content-length", "expect", "host",
      "http2-settings", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

  private final String url;
  private final HttpClient client;

  /// @param kubeconfig
  ///          names the server, and its certificate authority unless it is plain HTTP
  Upstream(String kubeconfig, Executor threads) {
    Config config = Config.fromKubeconfig(kubeconfig);
    url = config.getMasterUrl().replaceFirst("/$", "");
    client = HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.NEVER).executor(threads)
        .proxy(HttpClient.Builder.NO_PROXY).sslContext(trust(config)).build();
  }

  String url() {
    return url;
  }

  /// Sends a request; the answer is there as soon as its headers are. Never sends a change twice.
  CompletableFuture<HttpResponse<InputStream>> send(Incoming incoming) {
    Request request = incoming.request();
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    var builder = HttpRequest.newBuilder(URI.create(url + request.path() + query)).method(request.method(),
        incoming.body());
    incoming.headers().forEach((name, values) -> {
      if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> builder.header(name, value));
      }
    });
    return client.sendAsync(builder.build(), BodyHandlers.ofInputStream());
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      // Its last tasks need the threads, which are closed next.
      client.awaitTermination(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Reply reply(HttpResponse<InputStream> response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    List<String> length = headers.get("Content-Length");
    headers.keySet().removeIf(name -> OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
    if (length != null) {
      headers.put("Content-Length", length);
    }
    return new Reply(response.statusCode(), headers, response.body());
  }

  private static SSLContext trust(Config config) {
    try {
      return SSLUtils.sslContext(config);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the kubeconfig has an unusable certificate authority", e);
    }
  }
}
