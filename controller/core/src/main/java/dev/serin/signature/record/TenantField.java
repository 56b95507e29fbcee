package dev.serin.signature.record;

import dev.serin.signature.text.Characters;
import dev.serin.signature.text.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the tenant that a record names, by the user's sources; without any by the names that are usual: a field of JSON
/// or logfmt, a key of the MDC, or `tenant=acme` in the text.
///
/// @param sources
///          the first that names a tenant wins; if there are any, the usual names do not count, because who is called a
///          tenant here and who there would be mixed
record TenantField(List<TenantSource> sources) {

  /// Most characters of a tenant's name, or of a source's.
  static final int LONGEST = 128;

  private static final List<String> KEYS = List.of("tenant", "tenantid", "tenant_id", "tenant.id", "x-tenant-id", "org",
      "orgid", "org_id", "organization.id", "community", "communityid", "community_id", "account", "accountid",
      "account_id", "workspace", "workspaceid", "workspace_id", "mdc.tenant", "mdc.tenantid", "mdc.tenant_id",
      "mdc.communityid", "context.tenant", "context.tenantid", "labels.tenant", "labels.tenant_id");
  private static final Set<String> PAIR_KEYS = Stream
      .of("tenant", "org", "community", "account", "workspace", "x-tenant")
      .flatMap(word -> Stream.of("", "id", "-id", "_id").map(ending -> word + ending)).collect(Collectors.toSet());
  private static final int LONGEST_PAIR_KEY = 12;
  private static final String PAIR_ENDS = " \t\n\u000b\f\r\"',;)]";
  private static final List<String> FIELD_PREFIXES = List.of("", "mdc.", "context.", "labels.", "fields.",
      "attributes.");
  /// Where frameworks, proxies and OpenTelemetry log headers.
  private static final List<String> HEADER_PREFIXES = List.of("", "headers.", "header.", "request.headers.",
      "req.headers.", "request_headers.", "http.headers.", "http.request.headers.", "http.request.header.");
  private static final List<String> HOST = List.of("host", "http.host", "http_host", "request.host", "req.host",
      "authority", ":authority", "vhost", "url.domain", "server.address");
  private static final int SHORTEST_TELLING = 3;
  private static final String VALUE_ENDS = "\"',;)]}|";

  TenantField {
    sources = List.copyOf(sources);
  }

  Optional<String> of(String message) {
    return of(Fields.NONE, message);
  }

  Optional<String> of(Fields fields, String message) {
    if (sources.isEmpty()) {
      return usable(fields.first(KEYS)).or(() -> usual(message));
    }
    return sources.stream().flatMap(source -> usable(find(source, fields, message)).stream()).findFirst();
  }

  /// Whether the name is more than an everyday word or a letter or two.
  static boolean isTelling(String name) {
    return name.length() >= SHORTEST_TELLING && !Dictionary.isEveryday(name);
  }

  /// The text with something else in place of every whole word that is the name, in any case.
  static String hidden(String text, String name, String instead) {
    StringBuilder hidden = null;
    int copied = 0;
    for (int at = 0; at + name.length() <= text.length(); at++) {
      if (text.regionMatches(true, at, name, 0, name.length()) && (at == 0 || !isLetterOrDigit(text.charAt(at - 1)))
          && (at + name.length() == text.length() || !isLetterOrDigit(text.charAt(at + name.length())))) {
        hidden = (hidden == null ? new StringBuilder() : hidden).append(text, copied, at).append(instead);
        copied = at + name.length();
        at = copied - 1;
      }
    }
    return hidden == null ? text : hidden.append(text, copied, text.length()).toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return Characters.isLetter(c) || Characters.isDigit(c);
  }

  private static Optional<String> usable(Optional<String> tenant) {
    return tenant.map(String::strip).filter(name -> !name.isEmpty() && name.length() <= LONGEST);
  }

  private static Optional<String> usual(String message) {
    for (int equals = message.indexOf('='); equals >= 0; equals = message.indexOf('=', equals + 1)) {
      int start = equals;
      while (start > 0 && isKeyCharacter(message.charAt(start - 1))) {
        start--;
      }
      if (equals - start <= LONGEST_PAIR_KEY
          && PAIR_KEYS.contains(message.substring(start, equals).toLowerCase(Locale.ROOT))) {
        boolean quoted = message.startsWith("\"", equals + 1);
        int from = quoted ? equals + 2 : equals + 1;
        int end = from;
        while (end < message.length() && end - from < LONGEST
            && (quoted ? message.charAt(end) != '"' : PAIR_ENDS.indexOf(message.charAt(end)) < 0)) {
          end++;
        }
        if (end > from && (!quoted || message.startsWith("\"", end))) {
          return Optional.of(message.substring(from, end));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isKeyCharacter(char c) {
    return c < 0x80 && isName(c);
  }

  private static Optional<String> find(TenantSource source, Fields fields, String message) {
    return switch (source) {
      case TenantSource.Field(var name) -> fields.first(prefixed(FIELD_PREFIXES, name)).or(() -> pair(message, name));
      case TenantSource.Header(var name) -> header(fields, name).or(() -> pair(message, name));
      case TenantSource.Segment(int number) ->
        address(fields, message).flatMap(address -> segment(address, number));
      case TenantSource.Template(var template) -> template.firstWildcard(message);
      case TenantSource.Subdomain(var domain) -> fields.first(HOST).or(() -> header(fields, "host"))
          .or(() -> address(fields, message).flatMap(TenantField::host)).flatMap(host -> label(host, domain));
    };
  }

  private static Optional<String> header(Fields fields, String name) {
    // A header can stand several times, so some log a list; nginx logs X-Tenant-Id as http_x_tenant_id.
    return fields.first(prefixed(HEADER_PREFIXES, name)).or(() -> fields.first(prefixed(HEADER_PREFIXES, name + "[0]")))
        .or(() -> fields.first(prefixed(List.of("http_"), name.replace('-', '_'))));
  }

  private static List<String> prefixed(List<String> prefixes, String name) {
    return prefixes.stream().map(prefix -> prefix + name.toLowerCase(Locale.ROOT)).toList();
  }

  private static Optional<String> address(Fields fields, String message) {
    return HttpText.address(fields).or(() -> HttpText.address(message))
        .or(() -> Stream.of("path", "uri", "url").flatMap(key -> pair(message, key).stream()).findFirst());
  }

  private static Optional<String> segment(String address, int number) {
    int scheme = address.indexOf("://");
    int start = address.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    var segments = start < 0 ? new String[0] : address.substring(start).split("[?#]", 2)[0].split("/", -1);
    // A framework's own template, /communities/{id}, tells no tenant.
    return number < segments.length && "{:<*".indexOf((segments[number] + "*").charAt(0)) < 0
        ? Optional.of(segments[number])
        : Optional.empty();
  }

  private static Optional<String> host(String address) {
    int scheme = address.indexOf("://");
    return scheme < 0 ? Optional.empty() : Optional.of(address.substring(scheme + 3).split("[/?#]", 2)[0]);
  }

  private static Optional<String> label(String host, String domain) {
    var name = host.toLowerCase(Locale.ROOT).split(":", 2)[0];
    var end = "." + domain.toLowerCase(Locale.ROOT);
    return name.endsWith(end)
        ? Optional.of(name.substring(name.lastIndexOf('.', name.length() - end.length() - 1) + 1,
            name.length() - end.length()))
        : Optional.empty();
  }

  /// The value of `name=value`, `name: value` or `"name":"value"` in a text.
  private static Optional<String> pair(String text, String name) {
    for (int at = 0; at + name.length() < text.length(); at++) {
      boolean named = text.regionMatches(true, at, name, 0, name.length()) && (at == 0 || !isName(text.charAt(at - 1)));
      int value = named ? valueStart(text, at + name.length()) : -1;
      if (value >= 0) {
        int end = value;
        while (end < text.length() && text.charAt(end) > ' ' && VALUE_ENDS.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        return Optional.of(text.substring(value, end));
      }
    }
    return Optional.empty();
  }

  private static int valueStart(String text, int from) {
    int at = from < text.length() && text.charAt(from) == '"' ? from + 1 : from;
    if (at >= text.length() || (text.charAt(at) != '=' && text.charAt(at) != ':')) {
      return -1;
    }
    at++;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '"')) {
      at++;
    }
    return at;
  }

  private static boolean isName(char c) {
    return isLetterOrDigit(c) || "_.-".indexOf(c) >= 0;
  }
}
