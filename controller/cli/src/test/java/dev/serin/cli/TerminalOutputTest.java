package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.sandbox.load.LoadReport;
import dev.serin.sandbox.load.Tally;
import dev.serin.sandbox.scenario.Outcome;
import dev.serin.sandbox.scenario.Progress;
import dev.serin.sandbox.scenario.Push;
import dev.serin.sandbox.scenario.PushResult;
import dev.serin.sandbox.scenario.Report;
import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TerminalOutputTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String SENTENCE = "Rolled back: \"Community * not found\" occurs on the canary only.";
  private static final Push PUSH = new Push("api:v3", Duration.ZERO, Outcome.ROLLED_BACK, Duration.ofMinutes(1));
  private static final PushResult ROLLED_BACK = new PushResult(PUSH, Outcome.ROLLED_BACK, SENTENCE,
      Duration.ofMillis(24_300), Duration.ofMillis(19_050), Duration.ofMillis(1200), 1234, 17);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  @DisplayName("Output that is no terminal gets plain lines with the time, and traffic once in ten seconds")
  void plain() {
    Narrator narrator = narrator(false);

    now.set(NOON.plusSeconds(65));
    narrator.accept(new Progress.Changed("Stepping", "1/2", "20%", "collecting evidence"));
    narrator.accept(new Progress.Traffic(load(650, 13)));
    now.set(NOON.plusSeconds(66));
    narrator.accept(new Progress.Traffic(load(900, 13)));
    narrator.accept(new Progress.Ended(ROLLED_BACK));

    assertThat(text()).isEqualToNormalizingNewlines("""
        1:05  [Stepping 1/2 20%] collecting evidence
        1:05  traffic: api:v1 10/s, 0.2/s failed
        1:06  api:v3: rolled back
        1:06  Rolled back: "Community * not found" occurs on the canary only.
        """);
  }

  @Test
  @DisplayName("On a terminal the traffic stays at the bottom and lines are written above it")
  void live() {
    Narrator narrator = narrator(true);

    now.set(NOON.plusSeconds(1));
    narrator.accept(new Progress.Traffic(load(300, 0)));
    narrator.accept(new Progress.Watched("abc"));

    assertThat(List.of(text().split("\r", -1))).hasSize(4).last().asString().contains("traffic: api:v1 300/s");
    assertThat(text()).contains("\u001b[2K", "stable is revision abc.");
  }

  @Test
  @DisplayName("The summary says what was decided, in the operator's words, how fast, and who failed for which reason")
  void summary() throws Exception {
    Scenario scenario = ScenarioParser.parse(DemoCommand.shipped());

    List<String> lines = Summary.lines(new Report(scenario, List.of(ROLLED_BACK), load(6500, 13)));

    assertThat(lines).containsExactly("api:v3: rolled back, 24.3 s after the push", "  " + SENTENCE,
        "  17 of its 1,234 requests met the new fault, 19.1 s from the first bad response to the verdict, "
            + "1.2 s from the verdict to the last canary response",
        "", "api:v1                       6,500 requests      13 failed", "       13 x Session expired",
        "Requests without any answer: 2");
  }

  private Narrator narrator(boolean live) {
    return new Narrator(new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), live), now::get);
  }

  private static LoadReport load(long requests, long failed) {
    Map<String, Tally.Failures> failures = failed == 0
        ? Map.of()
        : Map.of("Session expired", new Tally.Failures(failed, NOON));
    return new LoadReport(List.of(new Tally("api:v1", "stable", requests, NOON, failures)), 2, 0, List.of());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
