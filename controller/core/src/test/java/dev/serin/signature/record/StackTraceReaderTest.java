package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.record.StackTrace.Thrown;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackTraceReaderTest {

  @ParameterizedTest
  @DisplayName("A frame is `at`, and a call or a place")
  @CsvSource(delimiter = '|', value = {"at a.B.c(D.java:1) | true", "at /app/x.js:1:2 | true",
      "at node:internal/main:1:1 | true",
      "at (x) | true", "at once | false", "at | false", "on a.B.c(D.java:1) | false"})
  void tellsFrames(String line, boolean frame) {
    assertThat(StackTraceReader.isFrame(line)).isEqualTo(frame);
  }

  @ParameterizedTest
  @DisplayName("Causes, suppressed ones and what is left out go on with a trace")
  @ValueSource(strings = {"Caused by: a.B", "---> a.B", "[cause]: a.B", "Suppressed: a.B", "Wrapped by: a.B",
      "--- End of inner exception stack trace ---", "... 3 more", "... 3 common frames omitted"})
  void tellsCauses(String line) {
    assertThat(StackTraceReader.isCause(line)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("Words that only look like them do not")
  @ValueSource(strings = {"", "caused by: a.B", "Caused by a.B", "... and more to come", "3 more", "... 3 left",
      "cause: a.B"})
  void tellsNoCauses(String line) {
    assertThat(StackTraceReader.isCause(line)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("A type is qualified with a capital behind its last dot, or ends as types of exceptions do")
  @CsvSource({"a.B, true", "java.lang.Error, true", "IOException, true", "ValueError, true", "a.b, false",
      "Boom, false",
      "a., false", ".B, false", "'', false", "7.B, false", "a B.C, false", "a(B).C, false", "x.fatalError, true"})
  void tellsTypes(String name, boolean type) {
    assertThat(StackTraceReader.isTypeName(name)).isEqualTo(type);
    assertThat(StackTraceReader.isHeader(name + ": lost")).isEqualTo(type);
  }

  @Test
  @DisplayName("A type has 256 characters at most")
  void boundsTypes() {
    assertThat(StackTraceReader.isTypeName("x".repeat(251) + "Error")).isTrue();
    assertThat(StackTraceReader.isTypeName("x".repeat(252) + "Error")).isFalse();
  }

  @Test
  @DisplayName("An exception without frames counts only where it may, and if its type ends as those of exceptions do")
  void needsFrames() {
    assertThat(StackTraceReader.read(List.of("a.BException: lost"), true))
        .hasValue(trace(thrown("a.BException", "lost")));
    assertThat(StackTraceReader.read(List.of("a.BException"), true)).hasValue(trace(thrown("a.BException", "")));
    assertThat(StackTraceReader.read(List.of("a.BException: lost"), false)).isEmpty();
    assertThat(StackTraceReader.read(List.of("a.BException: lost", "more"), false)).isEmpty();
    assertThat(StackTraceReader.read(List.of("a.B: lost"), true)).isEmpty();
    assertThat(StackTraceReader.read(List.of("a.B: lost", "at c.D.e(F.java:1)"), true))
        .hasValue(trace(thrown("a.B", "lost", "c.D#e")));
    assertThat(StackTraceReader.read(List.of(), true)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A frame of the application is its class and method, without modules, files, lines and generated names")
  @CsvSource(delimiter = '|', value = {"at c.D.e(F.java:1) | c.D#e", "at app//c.D.e(F.java:1) | c.D#e",
      "at shop@1.0/c.D.e(F.java:1) | c.D#e", "at c.D.lambda$e$12(F.java:1) | c.D#lambda$e",
      "at async Object.get (/app/x.js:1:2) | Object#get",
      "at find (/app/x.js:1:2) | find", "at new Store (/app/x.js:1:2) | Store",
      "at c.$Proxy12.e(Unknown Source) | c.$Proxy#e",
      "at c.D$$EnhancerBySpringCGLIB$$1f.e(<generated>) | c.D#e", "at c.D$$Lambda/0x0000f1.e(Unknown Source) | c.D#e"})
  void namesFrames(String line, String frame) {
    assertThat(StackTraceReader.read(List.of("a.B: lost", line), false)).hasValue(trace(thrown("a.B", "lost", frame)));
  }

  @ParameterizedTest
  @DisplayName("Frames of the platform, of frameworks and of other people's packages say nothing of the application")
  @ValueSource(strings = {"at java.lang.Thread.run(Thread.java:1)", "at java.base/java.lang.Thread.run(Thread.java:1)",
      "at org.springframework.web.X.y(X.java:1)", "at System.Threading.X.Y()", "at go (/app/node_modules/x.js:1:2)",
      "at node:internal/main:1:1", "at /app/x.js:1:2", "at (x)"})
  void leavesFrameworks(String line) {
    assertThat(StackTraceReader.read(List.of("a.B: lost", line), false)).isEmpty();
  }

  @Test
  @DisplayName("An exception stands behind a thread's name, or behind other words of a message, with its own message")
  void findsHeaders() {
    assertThat(java("Exception in thread \"main\" a.B: lost: again")).isEqualTo(thrown("a.B", "lost: again", "c.D#e"));
    assertThat(java("Request failed: a.BException: lost again"))
        .isEqualTo(thrown("a.BException", "lost again", "c.D#e"));
    assertThat(java("Request failed with a.BException")).isEqualTo(thrown("a.BException", "", "c.D#e"));
    assertThat(java("Exception in a.BException: x")).isEqualTo(thrown("a.BException", "x", "c.D#e"));
    assertThat(StackTraceReader.read(List.of("Request failed with Exception", "at c.D.e(F.java:1)"), false)).isEmpty();
    assertThat(StackTraceReader.read(List.of("Request a.b failed", "at c.D.e(F.java:1)"), false)).isEmpty();
  }

  @Test
  @DisplayName("The inner exceptions of .NET may stand in the line of the outer one")
  void readsInnerOfOneLine() {
    assertThat(StackTraceReader.read(List.of("a.BException: wrapped ---> c.DException: twice ---> e.FException: lost",
        "at c.D.e(F.cs:1)"), false)).hasValue(
            trace(thrown("a.BException", "wrapped"), thrown("c.DException", "twice"),
                thrown("e.FException", "lost", "c.D#e")));
    assertThat(StackTraceReader.read(List.of("a.BException: some ---> (Inner Exception #0) c.DException: lost",
        "at c.D.e(F.cs:1)"), false)).hasValue(
            trace(thrown("a.BException", "some"), thrown("c.DException", "lost", "c.D#e")));
  }

  @ParameterizedTest
  @DisplayName("An arrow in an ordinary message is the message's")
  @ValueSource(strings = {"moved x ---> y", "edge a ---> Error", "edge a ---> Node.Type: missing"})
  void leavesArrows(String message) {
    assertThat(java("a.BException: " + message)).isEqualTo(thrown("a.BException", message, "c.D#e"));
  }

  @Test
  @DisplayName("A chain has 32 exceptions at most; what stands below a suppressed one belongs to that")
  void boundsChains() {
    var lines = Stream.concat(Stream.of("a.B: 0", "\tat c.D.e(F.java:1)"),
        IntStream.range(1, 40).mapToObj(i -> "Caused by: a.B: " + i)).toList();
    var suppressed = List.of("a.B: lost", "\tat c.D.e(F.java:1)", "\tSuppressed: a.C: closing",
        "\t\tat c.D.close(F.java:1)",
        "\tCaused by: a.E: closed", "\t\tat c.D.no(F.java:1)", "Caused by: a.F: gone", "\tat c.D.find(F.java:1)");

    assertThat(StackTraceReader.read(lines, false).orElseThrow().chain()).hasSize(32)
        .last().isEqualTo(thrown("a.B", "31"));
    assertThat(StackTraceReader.read(suppressed, false))
        .hasValue(trace(thrown("a.B", "lost", "c.D#e"), thrown("a.F", "gone", "c.D#find")));
  }

  @Test
  @DisplayName("A traceback ends at the first line without indentation; its frames are of the application's files")
  void readsPython() {
    var lines = List.of("lost", "Traceback (most recent call last):", "  File \"/app/store.py\", line 1, in find",
        "    x = y",
        "  File \"run\", line 2, in <module>", "  File \"/usr/lib/python3/x.py\", line 2, in y", "  File \"/app/a.py",
        "ValueError",
        "more: text");

    assertThat(StackTraceReader.read(lines, false))
        .hasValue(trace(thrown("ValueError", "", "run:<module>", "store:find")));
    assertThat(StackTraceReader.read(List.of("Traceback (most recent call last):", "a.B: x: y"), true)).isEmpty();
  }

  @Test
  @DisplayName("Repeated calls count once, and a chain of tracebacks has 32 at most")
  void boundsPython() {
    var frame = "  File \"/app/store.py\", line 1, in find";
    var one = List.of("Traceback (most recent call last):", frame, frame, "ValueError: lost");
    var many = Collections.nCopies(40, one).stream().flatMap(List::stream).toList();

    assertThat(StackTraceReader.read(one, false)).hasValue(trace(thrown("ValueError", "lost", "store:find")));
    assertThat(StackTraceReader.read(many, false).orElseThrow().chain()).hasSize(32);
  }

  @Test
  @DisplayName("A panic has the calls of the first goroutine, without the runtime's own and without who created it")
  void readsGo() {
    var lines = List.of("panic: lost", "panic: again", "", "goroutine 1 [running]:", "panic({0x1, 0x2})",
        "\t/usr/go/panic.go:1",
        "main.Find(0x1)", "\tmain.No(0x1)", "(x)", "runtime.main()", "created by main.Start(0x1)",
        "goroutine 2 [running]:",
        "main.Other()", "panic: later");

    assertThat(StackTraceReader.read(lines, false)).hasValue(trace(thrown("panic", "again", "main#Find")));
    assertThat(StackTraceReader.read(List.of("goroutine 1 [running]:", "main.Find(0x1)"), true)).isEmpty();
  }

  @Test
  @DisplayName("A trace has an exception at least, and its last one is the root cause")
  void needsExceptions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new StackTrace(List.of()))
        .withMessage("a stack trace needs an exception");
    assertThat(trace(thrown("a.B", "x"), thrown("a.C", "y")).rootCause()).isEqualTo(thrown("a.C", "y"));
    assertThat(trace(thrown("a.B", "x", "c.D#e"), thrown("a.C", "y")).withMessages(text -> text + "!"))
        .isEqualTo(trace(thrown("a.B", "x!", "c.D#e"), thrown("a.C", "y!")));
  }

  private static Thrown java(String header) {
    return StackTraceReader.read(List.of(header, "\tat c.D.e(F.java:1)"), false).orElseThrow().rootCause();
  }

  private static StackTrace trace(Thrown... chain) {
    return new StackTrace(List.of(chain));
  }

  private static Thrown thrown(String type, String message, String... frames) {
    return new Thrown(type, message, List.of(frames));
  }
}
