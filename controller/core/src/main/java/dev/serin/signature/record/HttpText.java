package dev.serin.signature.record;

import dev.serin.signature.record.LogRecord.Http;
import dev.serin.signature.text.Characters;
import dev.serin.signature.text.Dictionary;
import dev.serin.signature.text.Tenancy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a message says about a request, and the message without it.
///
/// Known forms: `GET /path 404 12ms` and its relatives anywhere in the text, the access logs of NCSA, Apache and nginx,
/// and `status=404 method=GET` among other words.
record HttpText(Http http, String message) {

  private static final List<String> STATUS = List.of("status", "http.status", "http.status_code", "status_code",
      "statuscode", "http.response.status_code", "response.status");
  private static final List<String> METHOD = List.of("method", "http.method", "http.request.method", "request.method",
      "verb");
  private static final List<String> ADDRESS = List.of("path", "http.path", "url.path", "http.target", "uri",
      "request.path", "request_uri", "http.url", "url");
  private static final List<String> ROUTE = Stream.concat(Stream.of("http.route", "route"), ADDRESS.stream()).toList();
  private static final List<String> DURATION = List.of("duration", "duration_ms", "durationms", "http.duration",
      "elapsed", "elapsed_ms", "elapsedms", "latency", "latency_ms", "response_time", "responsetime", "took",
      "took_ms", "request_time", "event.duration");

  // What only libraries write, as fields of a record; in a text such names mean less and stay where they are:
  //
  // pino-http, Fastify, Bunyan: res.statusCode, req.method, req.url (express-winston: the same under meta)
  // Caddy: request.method, request.uri beside status
  // Traefik: DownstreamStatus, RequestMethod, RequestPath; Serilog: the latter two beside StatusCode
  // Google Cloud: httpRequest.status, .requestMethod, .requestUrl, .latency; nginx: request_method, as its variable
  private static final List<String> LIBRARY_STATUS = List.of("res.statuscode", "res.status", "response.statuscode",
      "response.status_code", "meta.res.statuscode", "httprequest.status", "downstreamstatus");
  private static final List<String> LIBRARY_METHOD = List.of("req.method", "meta.req.method",
      "httprequest.requestmethod", "requestmethod", "request_method");
  private static final List<String> LIBRARY_ADDRESS = List.of("req.url", "request.uri", "request.url", "meta.req.url",
      "httprequest.requesturl", "requestpath", "url.original");
  private static final List<String> LIBRARY_DURATION = List.of("meta.responsetime", "httprequest.latency");
  /// Envoy's, but a payment's or a mailer's too: it is a request's beside a method only.
  private static final List<String> STATUS_BESIDE_METHOD = List.of("response_code");

  // Quantifiers are possessive or small: the patterns never look twice at the same stretch of a long line.
  private static final Pattern REQUEST = Pattern
      .compile("(?<![\\w/])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) {1,4}+\"?+"
          + "((?:https?+://|/)[^\\s\"]*+)\"?+(?: HTTP/[0-9.]{1,4}+\"?+)?+"
          + "(?:[ |,:=>(-]|status|code|returned|responded|with|completed|ended){1,12}+([1-5][0-9]{2})(?![\\w.])");
  /// What a client sent instead of a request, as nginx and Apache log it: `… +0000] "\x16\x03\x01" 400 150 …`.
  private static final Pattern NO_REQUEST = Pattern
      .compile("[+-][0-9]{4}\\] \"(?:[^\"\\\\]|\\\\.)*+\" ([1-5][0-9]{2}) (?:[0-9]++|-)(?= |$)");
  private static final Pattern TAIL = Pattern
      .compile(
          "(?:[ ,|(]{0,4}+(?:in |took )?+(?:-(?= |$)|[0-9]++(?:\\.[0-9]++)?+ ?+(?:ms|µs|us|ns|s)?+(?![\\w.]))){0,3}+");
  private static final Pattern TIME = Pattern.compile("[0-9] ?+(?:ms|µs|us|ns|s)(?!\\w)");
  private static final Pattern PAIR = Pattern
      .compile("(?<![A-Za-z_.])([A-Za-z_.]{1,40}+)=(\"[^\"]*+\"|[^\\s,;)\\]]*+)[,;]?+");
  private static final Pattern SPACES = Pattern.compile(" {2,}+");
  private static final Pattern BLANK = Pattern.compile("[\\s()\\[\\],;|-]*+");

  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
  private static final String METHOD_ENDS = "THEDS";
  private static final int SHORTEST_METHOD = 3;
  private static final String STATUS_WORD = "status";
  private static final String ACCESS_LOG = "] \"";
  /// Length of `+0000`.
  private static final int ZONE = 5;
  /// What access logs print where there is nothing.
  private static final String NO_ROUTE = "-";

  private static final String OPENING = " \t\"'([{-|:,";
  private static final String CLOSING = " \t\"')]}-|:,;";
  private static final int MAX_SEGMENTS = 8;
  private static final int LONGEST_SEGMENT = 20;
  private static final int LONGEST_METHOD = 16;

  /// What structured fields say about a request.
  static Http of(Fields fields) {
    var method = fields.first(METHOD).or(() -> fields.first(LIBRARY_METHOD)).flatMap(HttpText::method);
    var status = status(fields, method.isPresent());
    if (status.isEmpty()) {
      return Http.NONE;
    }
    var route = fields.first(ROUTE).or(() -> fields.first(LIBRARY_ADDRESS)).map(HttpText::route);
    var duration = fields.first(DURATION).or(() -> fields.first(LIBRARY_DURATION));
    return new Http(status, method, route, duration.filter(text -> Characters.isDigit(text.charAt(0))).isPresent())
        .with(HttpError.of(fields));
  }

  /// A field of a usual name that is no status, as `"status":"failed"`, does not hide the library's own.
  private static OptionalInt status(Fields fields, boolean besideMethod) {
    var usual = status(fields.first(STATUS).orElse(""));
    if (usual.isPresent()) {
      return usual;
    }
    var library = fields.first(LIBRARY_STATUS);
    return status(library.or(() -> besideMethod ? fields.first(STATUS_BESIDE_METHOD) : Optional.empty()).orElse(""));
  }

  /// The path or URL of the request, with raw values: for tenants only. A route that the framework names tells none.
  static Optional<String> address(Fields fields) {
    return fields.first(ADDRESS).or(() -> fields.first(LIBRARY_ADDRESS));
  }

  /// The same of a text.
  static Optional<String> address(String message) {
    int method = methodAt(message);
    var request = REQUEST.matcher(message);
    return method >= 0 && request.find(method) ? Optional.of(request.group(2)) : Optional.empty();
  }

  static HttpText read(String message) {
    // Most messages hold neither a method nor a status: looking for these first saves most of the time.
    int method = methodAt(message);
    if (method >= 0) {
      var request = REQUEST.matcher(message);
      if (request.find(method)) {
        return requestLine(message, request);
      }
    }
    int quote = message.indexOf(ACCESS_LOG);
    if (quote >= ZONE) {
      var garbage = NO_REQUEST.matcher(message).region(quote - ZONE, message.length());
      if (garbage.lookingAt()) {
        return new HttpText(new Http(status(garbage.group(1)), Optional.empty(), Optional.of(NO_ROUTE), false), "");
      }
    }
    return namesStatus(message) ? pairs(message) : new HttpText(Http.NONE, message);
  }

  /// Where the first method with a space behind it begins, or -1.
  private static int methodAt(String message) {
    for (int space = message.indexOf(' '); space >= 0; space = message.indexOf(' ', space + 1)) {
      if (space >= SHORTEST_METHOD && METHOD_ENDS.indexOf(message.charAt(space - 1)) >= 0) {
        for (var method : METHODS) {
          if (space >= method.length() && message.startsWith(method, space - method.length())) {
            return space - method.length();
          }
        }
      }
    }
    return -1;
  }

  /// Whether there is a pair, and the word that every key of a status has.
  private static boolean namesStatus(String message) {
    if (message.indexOf('=') < 0) {
      return false;
    }
    for (int i = 0; i + STATUS_WORD.length() < message.length(); i++) {
      if ((message.charAt(i) | 0x20) == 's' && message.regionMatches(true, i, STATUS_WORD, 0, STATUS_WORD.length())) {
        return true;
      }
    }
    return false;
  }

  private static HttpText requestLine(String message, Matcher request) {
    var before = message.substring(0, request.start());
    var tail = TAIL.matcher(message).region(request.end(), message.length());
    int end = tail.lookingAt() ? tail.end() : request.end();
    boolean timed = TIME.matcher(message).region(request.end(), end).find();
    var http = new Http(status(request.group(3)), Optional.of(request.group(1)), Optional.of(route(request.group(2))),
        timed);
    // `… [time] "GET /path HTTP/1.1" 404 153 …` is an access log: the rest is what the client says of itself.
    boolean accessLog = before.equals("\"") || before.endsWith(ACCESS_LOG);
    if (accessLog) {
      return new HttpText(http, "");
    }
    var rest = joined(before, message.substring(end));
    return new HttpText(rest.indexOf('=') < 0 ? http : http.with(HttpError.of(new Fields(pairValues(rest)))), rest);
  }

  private static HttpText pairs(String message) {
    var http = of(new Fields(pairValues(message)));
    if (http.status().isEmpty()) {
      return new HttpText(Http.NONE, message);
    }
    var rest = PAIR.matcher(message)
        .replaceAll(pair -> isOfRequest(lowerKey(pair)) ? "" : Matcher.quoteReplacement(pair.group()));
    return new HttpText(http, joined(SPACES.matcher(rest).replaceAll(" "), ""));
  }

  /// What pairs in a text tell of a request and its error.
  private static Map<String, String> pairValues(String text) {
    Map<String, String> values = new HashMap<>();
    var pair = PAIR.matcher(text);
    while (pair.find()) {
      var key = lowerKey(pair);
      if (isOfRequest(key) || HttpError.isKey(key)) {
        values.putIfAbsent(key, pair.group(2).replace("\"", ""));
      }
    }
    return values;
  }

  private static String lowerKey(MatchResult pair) {
    return pair.group(1).toLowerCase(Locale.ROOT);
  }

  private static boolean isOfRequest(String key) {
    return STATUS.contains(key) || METHOD.contains(key) || ROUTE.contains(key) || DURATION.contains(key);
  }

  /// What stands before and after a request, without the punctuation that joined them to it.
  private static String joined(String before, String after) {
    int end = before.length();
    while (end > 0 && OPENING.indexOf(before.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = 0;
    while (start < after.length() && CLOSING.indexOf(after.charAt(start)) >= 0) {
      start++;
    }
    var rest = before.substring(0, end) + " " + after.substring(start);
    return BLANK.matcher(rest).matches() ? "" : rest.strip();
  }

  /// Masks the segments of a path that vary: numbers, tokens, the framework's parameters and names of tenants.
  static String route(String path) {
    int host = path.indexOf("://");
    int start = host < 0 ? 0 : path.indexOf('/', host + 3);
    var segments = (start < 0 ? "/" : path.substring(start)).split("[?#]", 2)[0].split("/", MAX_SEGMENTS + 2);
    var route = new StringJoiner("/");
    for (int i = 0; i < segments.length && i <= MAX_SEGMENTS; i++) {
      route.add(isVariable(segments[i], i == 0 ? "" : segments[i - 1]) ? "{}" : segments[i]);
    }
    return route.toString();
  }

  private static boolean isVariable(String segment, String before) {
    // A collection is followed by the name of one of its members: /communities/acme, /user/kim.
    boolean member = Tenancy.isTenantWord(singular(before)) && !Dictionary.isEveryday(segment);
    return !segment.isEmpty() && (member || segment.length() >= LONGEST_SEGMENT
        || !segment.chars().allMatch(c -> c < 0x80 && (Characters.isLetter((char) c) || "-_.".indexOf(c) >= 0)));
  }

  private static String singular(String word) {
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  private static OptionalInt status(String text) {
    boolean status = text.length() == 3 && text.charAt(0) >= '1' && text.charAt(0) <= '5'
        && Characters.isDigit(text.charAt(1)) && Characters.isDigit(text.charAt(2));
    return status ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private static Optional<String> method(String text) {
    boolean plausible = text.length() <= LONGEST_METHOD
        && text.chars().allMatch(c -> c < 0x80 && Characters.isLetter((char) c));
    return plausible ? Optional.of(text.toUpperCase(Locale.ROOT)) : Optional.empty();
  }
}
