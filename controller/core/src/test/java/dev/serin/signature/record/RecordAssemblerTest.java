package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serin.signature.RecordRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordAssemblerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final RecordAssembler assembler = new RecordAssembler();

  @Test
  @DisplayName("A Java stack trace and the message before it are one record, with causes and without suppressed ones")
  void joinsJava() {
    var records = records("""
        2026-11-24 12:00:00,000 ERROR [http-1] shop.Api - Request failed
        org.springframework.web.NestedException: wrapped
        \tat org.springframework.web.Dispatcher.run(Dispatcher.java:87)
        \tat shop.Api.get(Api.java:12)
        \tSuppressed: java.io.IOException: closing
        \t\tat shop.Pool.close(Pool.java:3)
        \tCaused by: java.io.EOFException
        \t\tat shop.Pool.read(Pool.java:4)
        \t... 12 more
        Caused by: shop.NotFoundException: Community 8842 not found
        \tat shop.Store$$SpringCGLIB$$0.find(<generated>)
        \tat shop.Store.lambda$find$3(Store.java:44)
        \tat shop.Store$$Lambda/0x00007f0a1c2b.apply(Unknown Source)
        \tat shop.Store.lambda$find$3(Store.java:44)
        \tat java.base/java.lang.Thread.run(Thread.java:1583)
        \t... 31 common frames omitted
        2026-11-24 12:00:00,100 INFO [http-1] shop.Api - next
        """);

    assertThat(records).extracting(LogRecord::message).containsExactly("Request failed", "next");
    var trace = records.getFirst().exception().orElseThrow();
    assertThat(trace.chain()).extracting(StackTrace.Thrown::type)
        .containsExactly("org.springframework.web.NestedException", "shop.NotFoundException");
    assertThat(trace.chain().getFirst().frames()).containsExactly("shop.Api#get");
    assertThat(trace.rootCause().message()).isEqualTo("Community 8842 not found");
    assertThat(trace.rootCause().frames()).containsExactly("shop.Store#find", "shop.Store#lambda$find",
        "shop.Store#apply");
  }

  @Test
  @DisplayName("A trace that nothing announced is a record of its own")
  void startsWithTrace() {
    var records = records("""
        2026-11-24T12:00:00Z INFO shop.Api - fine
        Exception in thread "main" java.lang.IllegalStateException: closed
        \tat shop.Main.main(Main.java:5)
        TypeError: x is undefined
            at find (/app/store.js:3:14)
            at async Object.get (/app/api.js:8:2)
            at node:internal/main:1:1
        """);

    assertThat(records).hasSize(3);
    assertThat(records.get(1).exception().orElseThrow().rootCause())
        .isEqualTo(new StackTrace.Thrown("java.lang.IllegalStateException", "closed", List.of("shop.Main#main")));
    assertThat(records.get(2).exception().orElseThrow().rootCause())
        .isEqualTo(new StackTrace.Thrown("TypeError", "x is undefined", List.of("find", "Object#get")));
  }

  @Test
  @DisplayName("A Python traceback with its cause is one record")
  void joinsPython() {
    var records = records("""
        ERROR:shop.api:Request failed
        Traceback (most recent call last):
          File "/app/store.py", line 12, in find
            return rows[0]
        IndexError: list index out of range

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/usr/lib/python3/site-packages/flask/app.py", line 880, in full_dispatch
          File "/app/api.py", line 7, in get
          File "/app/store.py", line 15, in load
        shop.NotFound: Community 8842 not found
        INFO:shop.api:next
        """);

    assertThat(records).extracting(LogRecord::message).containsExactly("Request failed", "next");
    assertThat(records.getFirst().logger()).isEqualTo("shop.api");
    assertThat(records.getFirst().exception().orElseThrow().chain()).containsExactly(
        new StackTrace.Thrown("shop.NotFound", "Community 8842 not found", List.of("store:load", "api:get")),
        new StackTrace.Thrown("IndexError", "list index out of range", List.of("store:find")));
  }

  @Test
  @DisplayName("A .NET exception with its inner one is one record, named by the inner one's frames")
  void joinsDotnet() {
    var records = records("""
        fail: Shop.Api[1]
              Request failed
              System.InvalidOperationException: wrapped
               ---> Shop.NotFoundException: Community 8842 not found
                 at Shop.Store.<FindAsync>d__5.MoveNext() in /src/Store.cs:line 12
                 at System.Runtime.CompilerServices.TaskAwaiter.GetResult()
                 --- End of inner exception stack trace ---
                 at Shop.Api.Get(Int32 id) in /src/Api.cs:line 40
        info: Shop.Api[1]
              next
        """);

    assertThat(records).extracting(LogRecord::message).containsExactly("Request failed", "next");
    var trace = records.getFirst().exception().orElseThrow();
    assertThat(trace.chain()).extracting(StackTrace.Thrown::type).containsExactly("System.InvalidOperationException",
        "Shop.NotFoundException");
    assertThat(trace.rootCause().frames()).containsExactly("Shop.Store.<FindAsync>d#MoveNext");
  }

  @Test
  @DisplayName("Causes that Node nests and Logback prints first are causes")
  void readsOtherCauses() {
    var node = records("""
        Error: wrapped
            at get (/app/api.js:8:2) {
          [cause]: TypeError: x is undefined
              at find (/app/store.js:3:14)
        }
        """).getFirst().exception().orElseThrow();
    var logback = records("""
        shop.NotFoundException: Community 8842 not found
        \tat shop.Store.find(Store.java:44)
        \t... 3 common frames omitted
        Wrapped by: shop.ApiException: wrapped
        \tat shop.Api.get(Api.java:12)
        """).getFirst().exception().orElseThrow();

    assertThat(node.chain()).extracting(StackTrace.Thrown::type).containsExactly("Error", "TypeError");
    assertThat(logback.chain()).extracting(StackTrace.Thrown::type).containsExactly("shop.ApiException",
        "shop.NotFoundException");
    assertThat(logback.rootCause().frames()).containsExactly("shop.Store#find");
  }

  @Test
  @DisplayName("A Go panic with its goroutines is one record, named by the goroutine that panicked")
  void joinsGo() {
    var records = records("""
        panic: runtime error: index out of range [5]

        goroutine 19 [running]:
        main.(*Store).Find(0xc000012345, 0x5)
        \t/app/store.go:12 +0x1d
        net/http.HandlerFunc.ServeHTTP(0x1)
        \t/usr/lib/go/server.go:2136

        goroutine 1 [IO wait]:
        main.main()
        \t/app/main.go:9 +0x2a
        """);

    assertThat(records).singleElement().satisfies(record -> assertThat(record.exception().orElseThrow().rootCause())
        .isEqualTo(new StackTrace.Thrown("panic", "runtime error: index out of range [5]",
            List.of("main.(*Store)#Find"))));
  }

  @Test
  @DisplayName("A panic that Go's HTTP server caught is one record with the panic as its exception")
  void joinsGoServer() {
    var records = records("""
        2026/11/26 10:15:31 http: panic serving [::1]:5123: runtime error: invalid memory address
        goroutine 12 [running]:
        net/http.(*conn).serve.func1()
        \t/usr/local/go/src/net/http/server.go:1903 +0xbe
        panic({0x1, 0x2})
        \t/usr/local/go/src/runtime/panic.go:770 +0x132
        main.get({0x1, 0x2}, 0x3)
        \t/app/main.go:12 +0x1d
        created by net/http.(*Server).Serve in goroutine 1
        \t/usr/local/go/src/net/http/server.go:3285 +0x4b4
        2026/11/26 10:15:31 goroutine count
        goroutine 1 [running]:
        """);

    assertThat(records).hasSize(3).first().satisfies(record -> assertThat(record.exception().orElseThrow().chain())
        .containsExactly(new StackTrace.Thrown("panic", "runtime error: invalid memory address", List.of("main#get"))));
  }

  @Test
  @DisplayName("An exception behind the two lines of java.util.logging belongs to them, unless they are below WARNING")
  void joinsJavaUtilLogging() {
    var lines = """
        Nov 26, 2026 10:15:31 AM shop.Store save
        SEVERE: Request 12 failed
        java.lang.RuntimeException: boom
        \tat shop.Store.save(Store.java:12)
        """;

    assertThat(records(lines + lines)).hasSize(2).allSatisfy(record -> {
      assertThat(record.message()).isEqualTo("Request 12 failed");
      assertThat(record.logger()).isEqualTo("shop.Store");
      assertThat(record.exception().orElseThrow().chain()).containsExactly(
          new StackTrace.Thrown("java.lang.RuntimeException", "boom", List.of("shop.Store#save")));
    });
    assertThat(records(lines.replace("SEVERE", "INFO"))).hasSize(2);
  }

  @Test
  @DisplayName("An exception of Node's own code is one record with its fields, and so is one that nobody caught")
  void joinsNode() {
    var records = records("""
        Error: connect ECONNREFUSED 10.0.0.1:5432
            at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {
          errno: -111,
          code: 'ECONNREFUSED'
        }
        (node:12) UnhandledPromiseRejectionWarning: Error: boom
            at x (/app/a.js:1:1)
        Uncaught TypeError: gone
        Uncaught words: gone
        """);

    assertThat(records).hasSize(4).last().matches(record -> record.exception().isEmpty());
    assertThat(records).flatExtracting(record -> record.exception().stream().map(StackTrace::rootCause).toList())
        .containsExactly(new StackTrace.Thrown("Error", "connect ECONNREFUSED 10.0.0.1:5432", List.of()),
            new StackTrace.Thrown("Error", "boom", List.of("x")),
            new StackTrace.Thrown("TypeError", "gone", List.of()));
  }

  @Test
  @DisplayName("The stack below a record of zap's console belongs to it, and a word with dots below another's does not")
  void joinsZap() {
    var stack = """
        main.store
        \t/app/store.go:31
        github.com/acme/shop-api/orders.(*Store).Find.func1
        \t/app/orders/store.go:12
        orders.Map[...]
        \t/app/orders/map.go:7
        net/http.HandlerFunc.ServeHTTP
        \t/usr/lib/go/server.go:2136
        """;
    var zap = "2026-11-26T10:15:31.123+0100\tERROR\torders/store.go:44\tlost\t{\"attempt\": 2}\n";

    assertThat(records(zap + stack + "all is well.\n" + zap)).extracting(LogRecord::message, LogRecord::exception)
        .containsExactly(tuple("lost", Optional.empty()), tuple("all is well.", Optional.empty()),
            tuple("lost", Optional.empty()));
    assertThat(records(zap + "example.org.\nlost again\n")).hasSize(3);
    assertThat(records(zap + "10.0.0.1\n")).hasSize(2);
    assertThat(records("ERROR lost\nmain.store\n")).hasSize(2);
    assertThat(records(zap.replace("ERROR", "INFO") + "main.store\n")).hasSize(2);
  }

  @Test
  @DisplayName("A record ends at a line with its own time or level, and after 3 s in the runtime's time")
  void ends() {
    assertThat(assembler.accept(new LogLine(NOON, "WARN one"))).isEmpty();
    assertThat(assembler.accept(new LogLine(NOON.plusMillis(2_999), "  detail"))).isEmpty();
    assertThat(assembler.accept(new LogLine(NOON.plusSeconds(6), "  orphan")))
        .extracting(LogRecord::message, LogRecord::time).containsExactly(tuple("one", NOON));
    assertThat(assembler.accept(new LogLine(NOON.plusSeconds(6), "plain"))).extracting(LogRecord::message)
        .containsExactly("orphan");
    assertThat(assembler.flush()).hasValueSatisfying(record -> assertThat(record.message()).isEqualTo("plain"));
    assertThat(assembler.flush()).isEmpty();
  }

  @Test
  @DisplayName("A complete JSON object is a record at once")
  void emitsJsonAtOnce() {
    assertThat(assembler.accept(new LogLine(NOON, "{\"level\":\"error\",\"msg\":\"boom\"}"))).singleElement()
        .matches(record -> record.level() == Level.ERROR && record.message().equals("boom"));
  }

  @Test
  @DisplayName("Frames whose beginning was not seen make no record")
  void dropsOrphanFrames() {
    assertThat(records("\tat shop.Api.get(Api.java:12)\nCaused by: java.io.IOException: x\n\t... 3 more\n")).isEmpty();
  }

  @Test
  @DisplayName("A trace of thousands of lines stays one record of at most 128 lines")
  void boundsLines() {
    var lines = "ERROR boom\njava.lang.StackOverflowError\n"
        + Collections.nCopies(5_000, "\tat shop.Deep.call(Deep.java:1)\n").stream().collect(Collectors.joining());

    assertThat(records(lines)).singleElement().satisfies(record -> assertThat(
        record.exception().orElseThrow().rootCause().frames()).containsExactly("shop.Deep#call"));
  }

  @Test
  @DisplayName("An overlong line keeps its head and tail; colours and carriage returns vanish")
  void boundsCharacters() {
    var line = new LogLine(NOON, "head" + "x".repeat(LogLine.MAX_LENGTH) + "tail");

    assertThat(line.text()).startsWith("headx").endsWith("xtail").hasSize(8_192 + 1 + 1_024);
    assertThat(new LogLine(NOON, "\u001b[1;31mERROR\u001b[0m boom\r").text()).isEqualTo("ERROR boom");
  }

  @ParameterizedTest
  @DisplayName("Any lines make records, never an error, and the same ones each time")
  @ValueSource(longs = {7, 8_842, 20_261_124})
  void neverThrows(long seed) {
    var pieces = List.of("{", "}", "\"", ":", "level", "=", "error", "ERROR", "WARN", "panic: ", "goroutine 1", "\t",
        "at ", "a.b.C.d(", ")", "Caused by: ", "Suppressed: ", "java.io.IOException",
        "Traceback (most recent call last):",
        "  File \"x.py\", line 1, in f", "GET /a/7 404 3ms", "status=404", "method=GET", "[", "]", "- ", "2026-11-24",
        "12:00:00", "\\u12", "\\", "null", "1", "...", " more", "\u001b[", "\ud83d", " ", "log", "stream",
        "\"k\":\"v\",", "E1124 10:00:00.123456 31 a.go:1] ", "fail: A[1]", "Nov 24, 2026 10:00:00 AM a.B c",
        "2026/11/24 10:00:00 [error] 1#1: ", "2026-11-24 10:00:00 UTC [1] ERROR:  ", "\tERROR\t", "---> ",
        "Wrapped by: ",
        "[cause]: ", "--- End of inner exception stack trace ---", ", client: ");
    var random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(random.ints(random.nextInt(9), 0, pieces.size()).mapToObj(pieces::get).collect(Collectors.joining()));
    }
    var text = String.join("\n", lines);
    var rules = new RecordRules(List.of(), Optional.empty());

    var records = records(text);
    assertThat(records).as("seed %d", seed).hasSizeGreaterThan(1_000).isEqualTo(records(text));
    assertThat(records.stream().map(rules::signatureOf).filter(Optional::isPresent).count())
        .as("seed %d", seed).isGreaterThan(100);
  }

  @ParameterizedTest
  @DisplayName("Random bytes make records, never an error")
  @ValueSource(longs = {7, 8_842, 20_261_124})
  void readsAnyBytes(long seed) {
    var random = new Random(seed);
    var rules = new RecordRules(List.of(), Optional.empty());
    int records = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      for (int k = random.nextInt(6); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) "{}[]\":=,\\\n ".charAt(random.nextInt(11));
      }
      for (var record : records(new String(bytes, StandardCharsets.UTF_8))) {
        rules.signatureOf(record);
        records++;
      }
    }
    assertThat(records).as("records of seed %d", seed).isGreaterThan(10_000);
  }

  private List<LogRecord> records(String text) {
    List<LogRecord> records = new ArrayList<>();
    text.lines().forEach(line -> records.addAll(assembler.accept(new LogLine(NOON, line))));
    assembler.flush().ifPresent(records::add);
    return records;
  }
}
