package dev.serin.operator;

import dev.serin.operator.metrics.SerinMetrics;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/// Counts every answer of the API server where it enters the process, so that no caller can forget to.
///
/// A request without an answer is not seen here: the client tells interceptors of those only when it retries.
final class RequestMeter implements Interceptor {
  private final SerinMetrics metrics;

  RequestMeter(SerinMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    var target = Target.of(request.uri());
    metrics.kubeRequest(target.verb(request.method()), target.resource(), Integer.toString(response.code()));
  }

  /// Where a request goes, by the API server's path scheme.
  ///
  /// @param resource plural with the subresource, such as `pods/log`; `other` when the path names no resource
  /// @param collection true when it names no single object
  /// @param watch true for a watch
  record Target(String resource, boolean collection, boolean watch) {
    static Target of(URI uri) {
      var segments = List.of(uri.getPath().replaceFirst("^/", "").split("/"));
      var prefix = switch (segments.getFirst()) {
        case "api" -> 2;
        case "apis" -> 3;
        default -> segments.size();
      };
      if (segments.size() <= prefix) {
        return new Target("other", false, false);
      }
      var rest = segments.subList(prefix, segments.size());
      if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
        rest = rest.subList(2, rest.size());
      }
      var query = uri.getQuery();
      return new Target(rest.size() > 2 ? rest.getFirst() + "/" + rest.get(2) : rest.getFirst(), rest.size() == 1,
          query != null && query.contains("watch=true"));
    }

    String verb(String method) {
      return switch (method) {
        case "GET" -> watch ? "watch" : collection ? "list" : "get";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        case "DELETE" -> "delete";
        default -> "other";
      };
    }
  }
}
