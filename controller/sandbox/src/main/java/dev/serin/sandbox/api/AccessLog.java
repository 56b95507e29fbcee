package dev.serin.sandbox.api;

import java.util.ArrayDeque;
import java.util.List;

/// The latest requests, for tests that ask who did what.
final class AccessLog {

  private static final int KEPT = 20_000;

  private final ArrayDeque<Access> latest = new ArrayDeque<>();

  void add(ApiRequest request) {
    add(new Access("get", request.path(), "", "", request.header("User-Agent")));
  }

  void add(ApiRequest request, Target target) {
    add(new Access(verb(request, target), target.resource(), target.namespace(), target.name(),
        request.header("User-Agent")));
  }

  synchronized List<Access> all() {
    return List.copyOf(latest);
  }

  private synchronized void add(Access access) {
    latest.addLast(access);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  private static String verb(ApiRequest request, Target target) {
    return switch (request.method()) {
      case "GET" -> request.isWatch() ? "watch" : target.isCollection() ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> target.isCollection() ? "deletecollection" : "delete";
      case String other -> other;
    };
  }
}
