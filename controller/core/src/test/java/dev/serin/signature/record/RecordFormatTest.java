package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {
  @ParameterizedTest
  @DisplayName("The layouts of the usual libraries tell level, logger and message")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "2026-11-24T10:00:00.123Z ERROR 1 --- [nio-8080-exec-1] c.e.shop.Api : boom 7 | ERROR | c.e.shop.Api | boom 7",
      "2026-11-24T10:00:00.123+01:00 ERROR 1 --- [shop] [nio-1] [trace-7] c.e.shop.Api : boom | ERROR | c.e.shop.Api | boom",
      "10:00:00.123 [main] WARN shop.Api - slow | WARN | shop.Api | slow",
      "2026-11-24 10:00:00,123 ERROR [main] shop.Api:42 - boom | ERROR | shop.Api | boom",
      "2026-11-24 10:00:00,123 - shop.api - ERROR - boom | ERROR | shop.api | boom",
      "WARNING:django.request:Not Found: /x | WARN | django.request | Not Found: /x",
      "ERROR: boom: again | ERROR | `` | boom: again", "[error] boom | ERROR | `` | boom",
      // nginx, with and without a request
      "2026/11/24 10:00:00 [error] 31#31: boom | ERROR | `` | boom",
      "2026/11/24 10:00:00 [crit] 31#31: *5 open() failed, client: 10.0.0.1, server: x, request: 'GET /x' | FATAL | `` | open() failed",
      // klog and glog
      "E1124 10:00:00.123456      31 reflector.go:147] boom | ERROR | reflector.go | boom",
      "F1124 10:00:00.123456 31 a/b.cc:9] boom | FATAL | a/b.cc | boom",
      "E20261126 10:15:31.123456  1234 store.cc:31] boom 12 | ERROR | store.cc | boom 12",
      "I20261126 10:15:31.123456  1234 store.cc:44] fine | INFO | store.cc | fine",
      "E202611 10:15:31.123456 1234 store.cc:31] boom | UNKNOWN | `` | E202611 10:15:31.123456 1234 store.cc:31] boom",
      // zap, zerolog
      "2026-11-24T10:00:00.123Z\tERROR\tshop.api\tapi/handler.go:42\tboom again\t{\"id\": 7} | ERROR | shop.api | boom again",
      "2026-11-24T10:00:00.123Z\twarn\tapi/handler.go:42\tboom | WARN | `` | boom",
      "2026-11-24T10:00:00.123Z\tinfo\tboom | INFO | `` | boom",
      "10:00AM ERR boom id=7 | ERROR | `` | boom id=7",
      // PostgreSQL
      "2026-11-24 10:00:00.123 UTC [31] ERROR:  relation does not exist | ERROR | `` | relation does not exist",
      "2026-11-24 10:00:00.123 CET [31] app@shop STATEMENT:  select 1 | DEBUG | `` | select 1",
      "2026-11-24 10:00:00.123 UTC [31] LOG:  ready | INFO | `` | ready",
      // Envoy, Serilog, Flask
      "[2026-11-24 10:00:00.123][31][warning][config] [source/server.cc:12] boom | WARN | config | boom",
      "[10:00:00 ERR] boom | ERROR | `` | boom",
      "[2026-11-24 10:00:00,123] ERROR in app: boom | ERROR | `` | in app: boom",
      "FATAL boom | FATAL | `` | boom", "no header at all | UNKNOWN | `` | no header at all",
      "ERRORS were found | UNKNOWN | `` | ERRORS were found",
      "{\"v\":0,\"level\":50,\"name\":\"shop\",\"hostname\":\"h\",\"pid\":7,\"msg\":\"boom \\u0041\\n\"} | ERROR | shop | boom A",
      "{\"levelname\":\"ERROR\",\"name\":\"shop.api\",\"message\":\"boom\"} | ERROR | shop.api | boom",
      // A person, not a logger
      "{\"level\":\"error\",\"name\":\"Kim\",\"message\":\"boom\"} | ERROR | `` | boom",
      "{\"level\":50,\"pid\":7,\"hostname\":\"h\",\"name\":\"Kim Schmidt\",\"msg\":\"boom\"} | ERROR | `` | boom",
      "level=error name=kim msg=boom | ERROR | `` | boom",
      "{\"log\":{\"level\":\"error\",\"logger\":\"shop\"},\"message\":\"boom\",\"tags\":[{\"level\":\"info\"},[]]} | ERROR | shop | boom",
      "{\"log\":\"ERROR boom\\n\",\"stream\":\"stderr\",\"time\":\"x\"} | ERROR | `` | boom",
      "{\"severity\":\"CRITICAL\",\"message\":\"boom\",\"logger\":\"a:77\"} | FATAL | a | boom",
      "level=warn caller=api.go:17 msg=\"a \\\"b\\\" c\" | WARN | `` | a \"b\" c",
      // Google Cloud, Serilog compact and not
      "{\"severity\":\"ERROR\",\"textPayload\":\"boom\"} | ERROR | `` | boom",
      "{\"@t\":\"x\",\"@mt\":\"boom {Id}\",\"@m\":\"boom 7\",\"@l\":\"Warning\",\"Id\":7} | WARN | `` | boom {Id}",
      "{\"Level\":\"Error\",\"RenderedMessage\":\"boom 7\",\"Properties\":{\"Id\":7}} | ERROR | `` | boom 7",
      "{\"level\":\"error\",\"message\":\"boom\",\"@mt\":\"other\"} | ERROR | `` | boom",
      "{\"level\":\"error\" | UNKNOWN | `` | {\"level\":\"error\""})
  void readsHeaders(String line, Level level, String logger, String message) {
    var record = Records.record(line);

    assertThat(record.level()).isEqualTo(level);
    assertThat(record.logger()).isEqualTo(logger);
    assertThat(record.message().strip()).isEqualTo(message);
  }

  @ParameterizedTest
  @DisplayName("Two lines of java.util.logging, or of the .NET console, are one record")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "Nov 24, 2026 10:00:00 AM shop.Api get | SEVERE: boom | ERROR | shop.Api | boom",
      "Nov 24, 2026, 10:00:00\u202fPM shop.Api$1 run | WARNING: slow | WARN | shop.Api$1 | slow",
      "fail: Shop.Api.Handler[12] | `      boom` | ERROR | Shop.Api.Handler | boom",
      "warn: Shop.Api[0] | `      slow` | WARN | Shop.Api | slow"})
  void joinsTwoLines(String first, String second, Level level, String logger, String message) {
    var record = Records.record(first, second);

    assertThat(record.level()).isEqualTo(level);
    assertThat(record.logger()).isEqualTo(logger);
    assertThat(record.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @DisplayName("A request is read from every usual form, and the message is what remains")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "10.0.0.1 - kim [10/Oct/2026:13:55:36 -0700] \"GET /communities/acme?x=1 HTTP/1.1\" 404 2326 \"-\" \"curl/8\" | 404 | GET | /communities/{} | false | ``",
      "[2026-11-24T10:00:00.123Z] \"GET /x/7 HTTP/1.1\" 503 UF 0 91 5 - \"-\" \"curl/8\" \"id\" | 503 | GET | /x/{} | false | ``",
      "GET /a/b 200 12ms | 200 | GET | /a/b | true | ``",
      "INFO HTTP POST /orders responded 500 in 12.3 ms | 500 | POST | /orders | true | HTTP",
      "INFO boom (PUT https://shop.example/orders/77/lines 503, 4 ms) | 503 | PUT | /orders/{}/lines | true | boom",
      "INFO done status=200 method=get path=/x duration=3.5ms tenant=a | 200 | GET | /x | true | done tenant=a",
      "{\"http\":{\"request\":{\"method\":\"GET\"},\"response\":{\"status_code\":404}},\"url\":{\"path\":\"/u/0f3a\"},\"message\":\"gone\"} | 404 | GET | /u/{} | false | gone",
      "{\"message\":\"GET /a 404 2ms\"} | 404 | GET | /a | true | ``"})
  void readsRequests(String line, int status, String method, String route, boolean timed, String message) {
    var record = Records.record(line);

    assertThat(record.status()).hasValue(status);
    assertThat(record.method()).hasValue(method);
    assertThat(record.route()).hasValue(route);
    assertThat(record.timed()).isEqualTo(timed);
    assertThat(record.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @DisplayName("Where a client sent no request, an access log still tells its status")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "10.0.0.1 - - [26/Nov/2026:10:15:35 +0000] \"\\x16\\x03\\x01\" 400 150 \"-\" \"-\" | 400",
      "10.0.0.1 - - [26/Nov/2026:10:15:35 +0000] \"\" 400 0 \"-\" \"-\" | 400",
      "10.0.0.1 - - [26/Nov/2026:10:15:35 -0700] \"-\" 408 - | 408",
      "10.0.0.1 - - [26/Nov/2026:10:15:35 +0000] \"a\\\"b\" 400 150 | 400",
      "10.0.0.1 - - [26/Nov/2026:10:15:35 +0000] \"x\" 4000 150 |",
      "10.0.0.1 - - [26/Nov/2026:10:15:35 +0000] \"x 400 150 |", "lost [a] \"x\" 400 150 |", "] \"x\" 400 150 |"})
  void readsGarbage(String line, @Nullable Integer status) {
    var record = Records.record(line);

    assertThat(record.status().stream().boxed().findFirst()).isEqualTo(Optional.ofNullable(status));
    assertThat(record.route()).isEqualTo(Optional.ofNullable(status).map(_ -> "-"));
    assertThat(record.message()).isEqualTo(status == null ? line : "");
  }

  @ParameterizedTest
  @DisplayName("A request is read from the fields of the usual libraries and proxies")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      // pino-http, Fastify's answer, Bunyan, express-winston
      "{'level':30,'req':{'id':3,'method':'GET','url':'/x/814'},'res':{'statusCode':500},'responseTime':2,'msg':'m'} | 500 | GET | /x/{} | true",
      "{'level':30,'reqId':'req-1','res':{'statusCode':500},'responseTime':2.5,'msg':'m'} | 500 | | | true",
      "{'v':0,'req':{'method':'PUT','url':'/x/1?a=b'},'res':{'statusCode':503,'header':'HTTP/1.1 503'},'msg':'m'} | 503 | PUT | /x/{} | false",
      "{'meta':{'req':{'url':'/x/1','method':'GET'},'res':{'statusCode':404},'responseTime':7},'message':'m'} | 404 | GET | /x/{} | true",
      "{'response':{'statusCode':502},'request':{'method':'GET','url':'https://h/x/1'},'msg':'m'} | 502 | GET | /x/{} | false",
      // ECS, nested and with dots
      "{'http':{'request':{'method':'GET'},'response':{'status_code':404}},'url':{'original':'/x/1?a'},'event':{'duration':9},'message':'m'} | 404 | GET | /x/{} | true",
      "{'http.request.method':'GET','http.response.status_code':404,'url.path':'/x/1','message':'m'} | 404 | GET | /x/{} | false",
      // Caddy, Traefik, Serilog, Envoy, Google Cloud
      "{'msg':'m','request':{'method':'GET','uri':'/x/12','host':'h'},'status':404,'duration':0.001} | 404 | GET | /x/{} | true",
      "{'DownstreamStatus':502,'RequestMethod':'GET','RequestPath':'/x/12','Duration':812,'msg':'m'} | 502 | GET | /x/{} | true",
      "{'@mt':'m','StatusCode':500,'RequestMethod':'GET','RequestPath':'/x/12','Elapsed':3.1,'msg':'m'} | 500 | GET | /x/{} | true",
      "{'method':'GET','path':'/x/812','response_code':503,'response_flags':'UF','duration':12,'msg':'m'} | 503 | GET | /x/{} | true",
      "{'status':'500','request_method':'GET','request_uri':'/x/1?a=b','request_time':'0.035','message':'m'} | 500 | GET | /x/{} | true",
      "{'httpRequest':{'requestMethod':'GET','requestUrl':'https://h/x/1','status':500,'latency':'3.5s'},'message':'m'} | 500 | GET | /x/{} | true",
      "{'status':'failed','req':{'method':'GET','url':'/x'},'res':{'statusCode':500},'msg':'m'} | 500 | GET | /x | false",
      // The usual name tells before the library's.
      "{'status':404,'method':'GET','path':'/a','req':{'method':'PUT','url':'/x'},'res':{'statusCode':500},'msg':'m'} | 404 | GET | /a | false"})
  void readsFieldsOfLibraries(String line, int status, @Nullable String method, @Nullable String route, boolean timed) {
    var record = Records.record(line.replace('\'', '"'));

    assertThat(record.status()).hasValue(status);
    assertThat(record.method()).isEqualTo(Optional.ofNullable(method));
    assertThat(record.route()).isEqualTo(Optional.ofNullable(route));
    assertThat(record.timed()).isEqualTo(timed);
    assertThat(record.message()).isEqualTo("m");
  }

  @ParameterizedTest
  @DisplayName("A number that is no status makes no request")
  @ValueSource(strings = {"GET /a failed after 404 tries", "GET /a took 404ms", "GET /a 600 1ms",
      "status=404x method=GET",
      "{\"status\":\"404 Not Found\",\"method\":\"GET\"}", "{\"status\":1404,\"method\":\"GET\"}", "TARGET /a 404",
      "{\"response_code\":402,\"message\":\"card declined\"}", "{\"response_code\":0,\"method\":\"GET\"}",
      "{\"res\":{\"statusCode\":\"ok\"},\"req\":{\"method\":\"GET\"}}", "response_code=503 for method GET"})
  void ignoresOtherNumbers(String line) {
    assertThat(Records.record(line).status()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A route keeps its words and loses what varies")
  @CsvSource({"/communities/8842/posts, /communities/{}/posts", "/communities/{id}, /communities/{}",
      "/communities/:id/x, /communities/{}/x", "/tenants/acme/users/kim, /tenants/{}/users/{}",
      "/users/search, /users/search", "/a/0123456789abcdef0123, /a/{}", "/a/abcdefghijklmnopqrst, /a/{}",
      "/1/2/3/4/5/6/7/8/9/10, /{}/{}/{}/{}/{}/{}/{}/{}", "/, /", "https://h.example, /", "/a?x=/b, /a",
      "/search/ä, /search/{}"})
  void masksRoutes(String path, String route) {
    assertThat(HttpText.route(path)).isEqualTo(route);
  }

  @Test
  @DisplayName("JSON nested too deeply is text, not an error")
  void boundsDepth() {
    var line = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);

    assertThat(Records.record(line).level()).isEqualTo(Level.UNKNOWN);
    assertThat(Fields.json("{\"a\":".repeat(16) + "1" + "}".repeat(16))).isPresent();
  }
}
