package dev.serin.cli.judge;

import static dev.serin.cli.judge.Ndjson.end;
import static dev.serin.cli.judge.Ndjson.judged;
import static dev.serin.cli.judge.Ndjson.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.cli.input.InputException;
import dev.serin.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsTest {

  private static final RunPolicy USUAL = PolicyFile.parse("known: [timeout]");

  @Test
  @DisplayName("A run is reported once: at its first RollBack, else where it ends")
  void oncePerRun() {
    List<String> lines = new ArrayList<>(List.of(window("good", 0, 1, 9), end("good")));
    lines.addAll(windows("bad", 0, 30, 20, 0));
    lines.add(window("left open", 7, 0, 0));

    List<RunReport> reports = judged(USUAL, lines);

    assertThat(reports).extracting(RunReport::run).containsExactly("good", "bad", "left open");
    assertThat(reports.get(0).verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(reports.get(1).verdict()).isInstanceOf(Verdict.RollBack.class);
    assertThat(reports.get(1).window()).isLessThan(29);
    assertThat(reports.get(2).window()).isEqualTo(7);
  }

  @Test
  @DisplayName("Runs that interleave are judged as each alone, bit for bit")
  void interleaved() {
    List<String> good = windows("good", 0, 40, 1, 9);
    List<String> bad = windows("bad", 0, 40, 3, 2);
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      mixed.add(good.get(i));
      mixed.add(bad.get(i));
    }

    List<RunReport> alone = Stream.of(good, bad).flatMap(lines -> judged(USUAL, true, lines).stream()).toList();

    assertThat(judged(USUAL, true, mixed)).hasSameSizeAs(alone).containsExactlyInAnyOrderElementsOf(alone);
  }

  @Test
  @DisplayName("With every window a line, the last one of a run is that of the run alone")
  void everyWindow() {
    List<String> lines = windows("good", 0, 20, 1, 9);

    List<RunReport> reports = judged(USUAL, true, lines);

    assertThat(reports).extracting(RunReport::window).containsExactlyElementsOf(
        LongStream.range(0, 20).boxed().toList());
    assertThat(judged(USUAL, lines)).containsExactly(reports.getLast());
  }

  @Test
  @DisplayName("After its RollBack a run is not judged on, but its lines must still be right")
  void decided() {
    List<String> lines = new ArrayList<>(windows("bad", 0, 40, 20, 0));
    assertThat(judged(USUAL, true, lines)).hasSizeLessThan(40).last().extracting(RunReport::verdict)
        .isInstanceOf(Verdict.RollBack.class);

    lines.add(window("bad", 39, 0, 0));
    assertThatThrownBy(() -> judged(USUAL, lines)).isInstanceOf(InputException.class)
        .hasMessage("line 41: window 39 of run bad was given before");
  }

  @Test
  @DisplayName("Advance does not end a run, unless the policy says stop; its window is told")
  void advance() {
    RunPolicy stop = PolicyFile.parse("{known: [timeout], advance: stop, maxDuration: 3h}");
    RunPolicy go = PolicyFile.parse("{known: [timeout], advance: continue, maxDuration: 3h}");
    List<String> good = windows("good", 0, 1000, 1, 9);

    RunReport stopped = judged(stop, good).getFirst();
    RunReport went = judged(go, good).getFirst();

    assertThat(stopped.verdict()).isInstanceOf(Verdict.Advance.class);
    assertThat(stopped.firstAdvance()).isEqualTo(stopped.window()).isGreaterThanOrEqualTo(11);
    assertThat(went.window()).isEqualTo(999);
    assertThat(went.firstAdvance()).isEqualTo(stopped.window());
    List<String> faultLater = Stream.concat(good.stream(), windows("good", 1000, 1100, 50, 0).stream()).toList();
    assertThat(judged(go, faultLater).getFirst().verdict()).isInstanceOf(Verdict.RollBack.class);
  }

  @Test
  @DisplayName("After maxDuration a run is inconclusive; if it was passed before, it holds")
  void inconclusive() {
    RunPolicy policy = PolicyFile.parse("{minRequests: 100000, maxDuration: 5m, onInconclusive: RollBack}");
    List<String> good = windows("good", 0, 100, 1, 9);

    assertThat(judged(policy, good)).singleElement().satisfies(report -> {
      assertThat(report.window()).isEqualTo(29);
      assertThat(report.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    });
    RunPolicy passed = PolicyFile.parse("{maxDuration: 2h, onInconclusive: RollBack}");
    assertThat(judged(passed, windows("good", 0, 900, 1, 9))).singleElement().satisfies(report -> {
      assertThat(report.firstAdvance()).isNotNull().isLessThan(720L);
      assertThat(report.verdict()).isNotInstanceOf(Verdict.Inconclusive.class);
    });
  }

  @Test
  @DisplayName("A gap counts like windows that are incomplete")
  void gap() {
    List<String> gap = new ArrayList<>(windows("a", 0, 5, 2, 9));
    List<String> incomplete = new ArrayList<>(gap);
    for (int i = 5; i < 9; i++) {
      incomplete.add(window("a", i, 0, 0).replace("\"complete\":true", "\"complete\":false"));
    }
    List<String> rest = windows("a", 9, 15, 2, 9);
    gap.addAll(rest);
    incomplete.addAll(rest);

    assertThat(judged(USUAL, gap)).isEqualTo(judged(USUAL, incomplete));
  }

  @Test
  @DisplayName("A total failure rolls back after 20 canary requests, not before")
  void hardGuard() {
    String nineteen = failing(0, 19);

    assertThat(judged(USUAL, List.of(nineteen)).getFirst().verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(judged(USUAL, List.of(nineteen, failing(1, 1))).getFirst().verdict())
        .isInstanceOfSatisfying(Verdict.RollBack.class,
            rollBack -> assertThat(rollBack.reason()).isEqualTo(Verdict.RollBackReason.ALL_REQUESTS_FAIL));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      4      | window 4 of run a was given before
      3      | window 3 of run a comes after window 4: the windows of a run must be in order
      100006 | window 100006 of run a comes after window 4: at most 100000 windows may be missing
      """)
  @DisplayName("Windows of a run come in order, each once")
  void order(long window, String message) {
    List<String> lines = List.of(window("a", 2, 1, 9), "", window("b", 9, 1, 9), window("a", 4, 1, 9),
        window("a", window, 1, 9));

    assertThatThrownBy(() -> judged(USUAL, lines)).isInstanceOf(InputException.class)
        .hasMessage("line 5: " + message);
  }

  @Test
  @DisplayName("What cannot be is refused: other lengths, a burn-in after the canary, lines after the end")
  void impossible() {
    String first = window("a", 1, 1, 9);
    assertRefused("line 2: window 2 of run a has 20 seconds, the windows before it have 10", first,
        window("a", 2, 1, 9).replace("\"seconds\":10", "\"seconds\":20"));
    assertRefused("line 2: window 2 of run a is a burn-in, which must come before the canary's first window", first,
        "{\"run\":\"a\",\"window\":2,\"seconds\":10,\"burnIn\":true,\"canary\":[],\"baseline\":[]}");
    assertRefused("line 3: run a has ended in line 2", first, end("a"), window("a", 2, 1, 9));
    assertRefused("line 3: run a has ended in line 2", first, end("a"), end("a"));
    assertRefused("line 1: run a has no window", end("a"));
    assertRefused("line 1: window 1 of run a cannot be judged: window must be 1 s to 5 min, was PT0S",
        first.replace("\"seconds\":10", "\"seconds\":0"));
    assertRefused("line 1: window 1000000000001 of run a has too large a number: at most 1000000000000",
        window("a", 1_000_000_000_001L, 1, 9));
    assertThatThrownBy(() -> judged(PolicyFile.parse("window: 30s"), List.of(first)))
        .hasMessage("line 1: window 1 of run a has 10 seconds, but window is 30s in the policy");
  }

  private static void assertRefused(String message, String... lines) {
    assertThatThrownBy(() -> judged(USUAL, List.of(lines))).isInstanceOf(InputException.class).hasMessage(message);
  }

  private static String failing(long window, long requests) {
    return """
        {"run":"a","window":%d,"seconds":10,"canary":[{"pod":"c0","requests":%d,"events":{"refused":%d}}],\
        "baseline":[{"pod":"b0","requests":900,"events":{}}]}""".formatted(window, requests, requests);
  }

  private static List<String> windows(String run, long from, long to, long canary, long baseline) {
    return LongStream.range(from, to).mapToObj(window -> window(run, window, canary, baseline))
        .collect(Collectors.toList());
  }
}
