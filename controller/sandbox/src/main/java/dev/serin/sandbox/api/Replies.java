package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/// Answers of one piece.
final class Replies {

  private Replies() {}

  static void json(HttpExchange exchange, int code, JsonNode body) throws IOException {
    bytes(exchange, code, "application/json", Bodies.write(body));
  }

  static void bytes(HttpExchange exchange, int code, String contentType, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
