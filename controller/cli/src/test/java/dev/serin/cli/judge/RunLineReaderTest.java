package dev.serin.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.cli.input.InputException;
import dev.serin.judge.PodCounts;
import dev.serin.signature.SignatureId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLineReaderTest {

  private static final String FULL = """
      {"run":"a17","window":3,"seconds":10,"burnIn":false,\
      "canary":[{"pod":"c0","requests":100,"failures":2,"events":{"s1":2,"s2":1},"age":90,\
      "tenants":{"t1":{"s1":1},"t2":{"s1":1}},"latency":{"0.1":90,"2.5":98,"+Inf":100}}],\
      "baseline":[{"pod":"b0","requests":9007199254740992,"events":{}}],"complete":true}""";

  private static final SignatureId S1 = new SignatureId("s1");
  private static final SignatureId S2 = new SignatureId("s2");

  @Test
  @DisplayName("Every field of a window is read")
  void window() {
    RunLine line = read(FULL);

    PodCounts canary = new PodCounts("c0", 100, 2, new TreeMap<>(Map.of(S1, 2L, S2, 1L)), Duration.ofSeconds(90),
        new TreeMap<>(Map.of("t1", new TreeMap<>(Map.of(S1, 1L)), "t2", new TreeMap<>(Map.of(S1, 1L)))),
        new TreeMap<>(Map.of(0.1, 90L, 2.5, 98L)));
    assertThat(line).isInstanceOfSatisfying(RunLine.Counts.class, counts -> {
      assertThat(counts.run()).isEqualTo("a17");
      assertThat(counts.window()).isEqualTo(3);
      assertThat(counts.seconds()).isEqualTo(10);
      assertThat(counts.burnIn()).isFalse();
      assertThat(counts.complete()).isTrue();
      assertThat(counts.canary()).containsExactly(canary);
      assertThat(counts.baseline()).containsExactly(new PodCounts("b0", 0x1p53, 0, new TreeMap<>()));
    });
  }

  @Test
  @DisplayName("burnIn and complete may be left out; failures are then the sum of the events")
  void usual() {
    RunLine line = read(
        """
            {"run":"a","window":0,"seconds":10,"canary":[],"baseline":[{"pod":"b","requests":9,"events":{"s1":2,"s2":3}}]}""");

    assertThat(line).isInstanceOfSatisfying(RunLine.Counts.class, counts -> {
      assertThat(counts.burnIn()).isFalse();
      assertThat(counts.complete()).isTrue();
      assertThat(counts.baseline().getFirst().failures()).isEqualTo(5);
    });
  }

  @Test
  @DisplayName("A line may end a run")
  void end() {
    assertThat(read(Ndjson.end("a"))).isEqualTo(new RunLine.End(1, "a"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      "run":"a17",      |                          | lacks the field run
      "window":3,       |                          | lacks the field window
      "seconds":10,     |                          | lacks the field seconds
      "run":"a17"       | "run":17                 | run must be a text, was 17
      "run":"a17"       | "run":" "                | run must not be blank
      "run":"a17"       | "run":"a17","run":"a18"  | is no JSON as it should be: Duplicate field 'run' (column 19)
      "s1":2,           | "s1":2,"s1":2,           | is no JSON as it should be: Duplicate field 's1' (column 124)
      "window":3        | "window":-3              | window must be at least 0, was -3
      "window":3        | "window":3.0             | window must be a whole number, was 3.0
      "window":3        | "window":"3"             | window must be a whole number, was the text "3"
      "window":3        | "window":null            | window must be a whole number, was null
      "complete":true   | "complete":1             | complete must be true or false, was 1
      "complete":true   | "end":false              | end must be true: leave it out while windows follow
      "complete":true   | "end":true               | ends run a17: only run and end may stand in such a line
      "complete":true   | "compleet":true          | compleet is unknown here: known are run, window, seconds, burnIn, canary, baseline, complete, end
      "burnIn":false    | "burnIn":true            | canary must be empty in a window of the burn-in, which lies before the canary
      "age":90          | "aeg":90                 | canary[0].aeg is unknown here: known are pod, requests, failures, events, age, tenants, latency
      "age":90          | "age":9e1                | canary[0].age must be a whole number, was 9e1
      "pod":"c0",       |                          | canary[0] lacks the field pod
      "requests":100,   |                          | canary[0] lacks the field requests
      "requests":100    | "requests":1.5           | canary[0].requests must be a whole number, was 1.5
      "requests":100    | "requests":1             | pod c0: events of s1 are 2, above its 1 requests
      "failures":2      | "failures":101           | pod c0: failures are 101, above its 100 requests
      "failures":2,"events":{"s1":2  | "events":{"s1":100 | pod c0: events are 101 together, above its 100 requests: add failures, the number of requests that failed
      "s2":1            | "s2":-1                  | canary[0].events.s2 must be at least 0, was -1
      "s2":1            | "total-errors":1         | canary[0].events.total-errors is the name of a sum, which is not counted apart
      "s2":1            | "":1                     | canary[0].events. is no name of a signature: 1 to 64 characters
      "events":{}       | "events":[]              | baseline[0].events must be an object in {}, was a list
      9007199254740992  | 9007199254740993         | baseline[0].requests must be at most 2^53, was 9007199254740993
      9007199254740992  | 99007199254740992000     | baseline[0].requests must be at most 2^53, was 99007199254740992000
      9007199254740992  | -99007199254740992000    | baseline[0].requests must be at least 0, was -99007199254740992000
      "pod":"b0"        | "pod":"c0"               | pod c0 is listed twice
      "t2":{"s1":1}     | "t2":{"s1":2}            | pod c0: tenants have 3 events of s1 together, above the 2 of the pod
      "t2":{"s1":1}     | "t2":{"s9":1}            | pod c0: tenants have 1 events of s9 together, above the 0 of the pod
      "2.5":98          | "2.5":89                 | pod c0: latency must count requests at most so slow: rising with the bound, at most 100
      "+Inf":100        | "+Inf":99                | pod c0: latency has 99 requests at +Inf, but the pod has 100
      "2.5":98          | "fast":98                | canary[0].latency.fast is no upper bound in seconds such as 0.25 or +Inf
      "baseline":[{     | "baseline":[1,{          | baseline[0] must be an object in {}, was 1
      "baseline":[{     | "baseline":{             | baseline must be a list in [], was an object
      "complete":true}  | "complete":true} {}      | must hold one JSON object and nothing after it
      "complete":true}  | "complete":true          | is no JSON as it should be: Unexpected end-of-input: expected close marker for Object (column 301)
      """)
  @DisplayName("A mistake is named with its line, its place and what would be right")
  void mistakes(String before, String after, String message) {
    assertThat(FULL).contains(before);

    assertThatThrownBy(() -> read(FULL.replace(before, after == null ? "" : after)))
        .isInstanceOf(InputException.class).hasMessage("line 1: " + message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      nonsense | is no JSON as it should be: Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (column 1)
      []       | must be an object in {}, was a list
      7        | must be an object in {}, was 7
      {}       | lacks the field run
      """)
  @DisplayName("What is no object is refused")
  void noObject(String line, String message) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(InputException.class).hasMessage("line 1: " + message);
  }

  @Test
  @DisplayName("Bytes that are no UTF-8 are refused")
  void noText() {
    byte[] bytes = "{\"run\":\"a?\",\"end\":true}".getBytes(StandardCharsets.UTF_8);
    bytes[9] = (byte) 0xff;

    assertThatThrownBy(() -> read(bytes)).isInstanceOf(InputException.class)
        .hasMessageStartingWith("line 1: is no JSON as it should be: Invalid UTF-8");
  }

  private static RunLine read(String line) {
    return read(line.getBytes(StandardCharsets.UTF_8));
  }

  private static RunLine read(byte[] line) {
    LineSplitter lines = new LineSplitter(new ByteArrayInputStream(line));
    try {
      assertThat(lines.next()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RunLineReader.read(lines);
  }
}
