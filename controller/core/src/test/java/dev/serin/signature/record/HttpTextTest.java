package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTextTest {

  @ParameterizedTest
  @DisplayName("Every method is read, at the begin of the text and in it, and the punctuation around a request goes with it")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"GET /a 404 | GET | ``", "POST /a 404 | POST | ``",
      "PUT /a 404 | PUT | ``",
      "PATCH /a 404 | PATCH | ``", "DELETE /a 404 | DELETE | ``", "HEAD /a 404 | HEAD | ``",
      "OPTIONS /a 404 | OPTIONS | ``",
      "lost (GET /a 404) | GET | lost", "lost, GET /a 404 3ms: gone | GET | lost gone", "[GET /a 404] | GET | ``",
      "lost - \"GET /a 404\" | GET | lost", "SET and GET /a 404 | GET | SET and", "x GET /a 404 ; | GET | x",
      "PGET /a and GET /a 404 | GET | PGET /a and"})
  void readsMethods(String text, String method, String message) {
    var read = HttpText.read(text);

    assertThat(read.http().status()).hasValue(404);
    assertThat(read.http().method()).hasValue(method);
    assertThat(read.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @DisplayName("A duration counts where it has a unit, and the message is what stands behind it")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"GET /a 404 | false | ``", "GET /a 404 12 | false | ``",
      "GET /a 404 12ms | true | ``",
      "GET /a 404 1.5 s | true | ``", "GET /a 404 - 12ms lost | true | lost", "GET /a 404 in 3 µs lost | true | lost",
      "GET /a 404 took 3ns | true | ``", "GET /a 404 153 - 7us lost | true | lost",
      "GET /a 404 lost 12ms | false | lost 12ms",
      "GET /a 404 12msx | false | 12msx"})
  void readsDurations(String text, boolean timed, String message) {
    assertThat(HttpText.read(text).http().timed()).isEqualTo(timed);
    assertThat(HttpText.read(text).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @DisplayName("A text that names no status, or a request without one, stays as it is")
  @ValueSource(strings = {"", "lost", "status 404", "x=1 status", "status=", "state=404", "httpstatus=404",
      "status=600", "status=099",
      "status=40", "status=4o4", "status=04", "GET /a", "GET a 404", "GET  404", "SHOUT /a 404", "get /a 404",
      "x status=abc y=1"})
  void leavesOthers(String text) {
    assertThat(HttpText.read(text)).isEqualTo(new HttpText(LogRecord.Http.NONE, text));
  }

  @ParameterizedTest
  @DisplayName("Pairs tell status, method, route and duration, and leave the text; others stay in it")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"status=404 | 404 | | | false | ``",
      "STATUS=404 lost | 404 | | | false | lost",
      "lost status=\"404\", x=1 | 404 | | | false | lost x=1", "lost status=500 verb=get | 500 | GET | | false | lost",
      "a status=100 url=/b/7?c took=3 x | 100 | | /b/{} | true | a x", "status=599 took=long | 599 | | | false | ``",
      "status=404 method=g3t | 404 | | | false | ``",
      "status=404 method=ABCDEFGHIJKLMNOP | 404 | ABCDEFGHIJKLMNOP | | false | ``",
      "status=404 method=ABCDEFGHIJKLMNOPQ | 404 | | | false | ``", "status=404 method=gét | 404 | | | false | ``",
      "status=404 status=500 | 404 | | | false | ``",
      "lost status=404 response_code=500 req.url=/a | 404 | | | false | lost response_code=500 req.url=/a"})
  void readsPairs(String text, int status, @Nullable String method, @Nullable String route, boolean timed,
      String message) {
    var read = HttpText.read(text);

    assertThat(read.http().status()).hasValue(status);
    assertThat(read.http().method()).isEqualTo(Optional.ofNullable(method));
    assertThat(read.http().route()).isEqualTo(Optional.ofNullable(route));
    assertThat(read.http().timed()).isEqualTo(timed);
    assertThat(read.message()).isEqualTo(message);
  }

  @Test
  @DisplayName("Of structured fields the first name that has a value tells, and a duration begins with a digit")
  void readsFields() {
    var http = HttpText
        .of(new Fields(Map.of("status", "404", "status_code", "500", "verb", "put", "route", "/a/:id", "path", "/a/7",
            "took", "3ms")));

    assertThat(http).isEqualTo(
        HttpText.of(new Fields(Map.of("status_code", "404", "method", "PUT", "path", "/a/8", "latency", "7"))));
    assertThat(http.route()).hasValue("/a/{}");
    assertThat(http.timed()).isTrue();
    assertThat(HttpText.of(new Fields(Map.of("status", "404", "took", "long"))).timed()).isFalse();
    assertThat(HttpText.of(new Fields(Map.of("method", "GET", "path", "/a")))).isEqualTo(LogRecord.Http.NONE);
  }

  @Test
  @DisplayName("A request's address has its raw values, in a text that has a status and in fields; a route is none")
  void findsAddresses() {
    assertThat(HttpText.address("lost GET /a/acme?x=1 404")).hasValue("/a/acme?x=1");
    assertThat(HttpText.address("GET https://h.org/a 404")).hasValue("https://h.org/a");
    assertThat(HttpText.address("GET /a/acme")).isEmpty();
    assertThat(HttpText.address("lost")).isEmpty();
    assertThat(HttpText.address(new Fields(Map.of("url", "/a/acme", "route", "/a/{id}")))).hasValue("/a/acme");
    assertThat(HttpText.address(new Fields(Map.of("route", "/a/{id}")))).isEmpty();
    assertThat(HttpText.address(new Fields(Map.of("req.url", "/a/acme")))).hasValue("/a/acme");
  }

  @ParameterizedTest
  @DisplayName("A segment of a route is a word of fewer than 20 letters, dashes and dots, and no member of tenants")
  @CsvSource({"/a-b_c.d, /a-b_c.d", "/abcdefghijklmnopqrs, /abcdefghijklmnopqrs", "/abcdefghijklmnopqrst, /{}",
      "/a7, /{}", "/a+b, /{}",
      "/ä, /{}", "/companies/acme, /companies/acme", "/community/acme, /community/{}", "/users/, /users/",
      "/accounts/settings, /accounts/settings",
      "://h/a, /a", "http://h.org/a/7, /a/{}", "http://h.org?x, /", "/a#b/c, /a", "/a//b, /a//b"})
  void masksRoutes(String path, String route) {
    assertThat(HttpText.route(path)).isEqualTo(route);
  }

  @ParameterizedTest
  @DisplayName("An access log's line is a request and nothing else: what is behind it the client says of itself")
  @ValueSource(strings = {"\"GET /a HTTP/1.1\" 404 153 \"-\" \"lost\"",
      "h - - [10/Oct/2026:13:55:36 -0700] \"GET /a HTTP/1.1\" 404 153 \"x\""})
  void readsAccessLogs(String text) {
    var read = HttpText.read(text);

    assertThat(read.http().status()).hasValue(404);
    assertThat(read.http().route()).hasValue("/a");
    assertThat(read.message()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("What a client sent instead of a request is read at any length")
  @ValueSource(strings = {"x", "\\x16", "\\\""})
  void readsLongGarbage(String sent) {
    var text = "h [26/Nov/2026:10:15:35 +0000] \"" + sent.repeat(15_000);

    assertThat(HttpText.read(text + "\" 400 150 \"-\"").http().status()).hasValue(400);
    assertThat(HttpText.read(text).http()).isEqualTo(LogRecord.Http.NONE);
  }

  @Test
  @DisplayName("A pair beside a request may tell its error's code, and its text stays")
  void readsErrors() {
    var read = HttpText.read("GET /a 404 lost error_code=GONE");

    assertThat(read.http().errorCode()).hasValue("GONE");
    assertThat(read.http().errorTold()).isTrue();
    assertThat(read.message()).isEqualTo("lost error_code=GONE");
    assertThat(HttpText.read("GET /a 404 =").http().errorTold()).isFalse();
  }
}
