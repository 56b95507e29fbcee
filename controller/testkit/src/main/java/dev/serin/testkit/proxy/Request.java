package dev.serin.testkit.proxy;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client asks for. Parts that a path does not have are empty.
///
/// @param method
///          such as `GET`
/// @param path
///          as sent, such as `/apis/apps/v1/namespaces/shop/deployments/web/scale`
/// @param query
///          as sent, without the question mark
public record Request(String method, String path, String query) {

  private static final Pattern RESOURCE = Pattern.compile("/(?:api|apis/(?<group>[^/]+))/[^/]+"
      // The resource `namespaces` has subresources of its own, which are no resources in a namespace.
      + "(?:/namespaces/(?<namespace>[^/]+)(?=/(?!(?:status|finalize)$)))?"
      + "/(?<resource>[^/]+)(?:/(?<name>[^/]+))?(?:/(?<subresource>.+))?");

  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

  /// Groups in which a POST is a question.
  private static final Set<String> QUESTIONS = Set.of("authentication.k8s.io", "authorization.k8s.io");

  /// The request of a line such as `GET /api/v1/pods?limit=1 HTTP/1.1`.
  ///
  /// @throws IllegalArgumentException
  ///           when it is no such line
  static Request parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    if (words.size() != 3 || !words.get(1).startsWith("/")) {
      throw new IllegalArgumentException("not the first line of a request: " + line);
    }
    String target = words.get(1);
    int mark = target.indexOf('?');
    return mark < 0
        ? new Request(words.getFirst(), target, "")
        : new Request(words.getFirst(), target.substring(0, mark), target.substring(mark + 1));
  }

  /// The API group; also empty for the core group.
  public String group() {
    return part("group");
  }

  public String namespace() {
    return part("namespace");
  }

  /// The plural, such as `deployments`; empty for discovery and health.
  public String resource() {
    return part("resource");
  }

  public String name() {
    return part("name");
  }

  public String subresource() {
    return part("subresource");
  }

  /// Whether the server may change something on it.
  public boolean changing() {
    return CHANGING.contains(method);
  }

  /// Whether it asks for a change that counts: no dry run, no event, no lease, no question such as a
  /// SelfSubjectAccessReview.
  public boolean write() {
    boolean lease = group().equals("coordination.k8s.io") && resource().equals("leases");
    return changing() && !has("dryRun", "All") && !lease && !resource().equals("events")
        && !QUESTIONS.contains(group());
  }

  public boolean watch() {
    return method.equals("GET") && (has("watch", "true") || has("watch", "1"));
  }

  /// Whether the query has this parameter with this value.
  public boolean has(String parameter, String value) {
    return parameters().contains(parameter + "=" + value);
  }

  /// The parts of the query, such as `limit=500`.
  List<String> parameters() {
    return query.isEmpty() ? List.of() : List.of(query.split("&", -1));
  }

  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query);
  }

  private String part(String name) {
    Matcher matcher = RESOURCE.matcher(path);
    String found = matcher.matches() ? matcher.group(name) : null;
    return found == null ? "" : found;
  }
}
