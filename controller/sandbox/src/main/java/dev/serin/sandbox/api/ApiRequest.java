package dev.serin.sandbox.api;

import com.sun.net.httpserver.HttpExchange;
import dev.serin.sandbox.api.select.FieldSelector;
import dev.serin.sandbox.api.select.LabelSelector;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Writer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// What a client asks: method, path, query and headers.
///
/// @param segments
///          of the path, none of them empty
record ApiRequest(HttpExchange exchange, String method, List<String> segments, Map<String, String> query) {

  private static final Pattern SLASHES = Pattern.compile("/+");

  static ApiRequest of(HttpExchange exchange) {
    var uri = exchange.getRequestURI();
    var segments = SLASHES.splitAsStream(uri.getPath()).filter(segment -> !segment.isEmpty()).toList();
    var query = new HashMap<String, String>();
    for (var pair : Objects.requireNonNullElse(uri.getRawQuery(), "").split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) {
        query.put(decode(parts[0]), decode(parts[1]));
      }
    }
    return new ApiRequest(exchange, exchange.getRequestMethod(), segments, query);
  }

  String path() {
    return "/" + String.join("/", segments);
  }

  String query(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return query(name).equals("true") || query(name).equals("1");
  }

  /// @throws IllegalArgumentException
  ///           when it is not a number
  long number(String name, long otherwise) {
    return query(name).isEmpty() ? otherwise : Long.parseLong(query(name));
  }

  String header(String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  boolean isWatch() {
    return method.equals("GET") && flag("watch");
  }

  boolean wantsTable() {
    return header("Accept").contains("as=Table");
  }

  Selection selection(String plural) {
    return new Selection(LabelSelector.parse(query("labelSelector")),
        FieldSelector.parse(query("fieldSelector"), plural));
  }

  Writer writer() {
    return new Writer(query("fieldManager"), header("User-Agent"), query("dryRun").equals("All"));
  }

  String body() throws IOException {
    return Bodies.read(exchange.getRequestBody());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
