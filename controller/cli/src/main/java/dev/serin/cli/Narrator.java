package dev.serin.cli;

import dev.serin.sandbox.load.LoadReport;
import dev.serin.sandbox.load.Tally;
import dev.serin.sandbox.scenario.Outcome;
import dev.serin.sandbox.scenario.Progress;
import dev.serin.sandbox.scenario.PushResult;
import dev.serin.sandbox.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Tells a person what happens while a scenario is played.
final class Narrator implements Consumer<Progress> {

  // Where nothing can be overwritten a traffic line each second would bury the others.
  private static final Duration PLAIN_TRAFFIC = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final InstantSource clock;
  private final Instant begin;
  private Map<String, long[]> countsBefore = Map.of();
  private Instant trafficAt;

  Narrator(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.begin = clock.instant();
    this.trafficAt = begin;
  }

  /// Writes one line with the time since the start.
  void say(String text) {
    Duration age = Duration.between(begin, clock.instant());
    terminal.line(terminal.faint("%d:%02d".formatted(age.toMinutes(), age.toSecondsPart())) + "  " + text);
  }

  @Override
  public void accept(Progress progress) {
    switch (progress) {
      case Progress.Serving(var scenario, var address) -> serving(scenario, address);
      case Progress.Watched(var stable) -> say("Serin watches: stable is revision " + stable + ".");
      case Progress.Pushed(var push) -> say(terminal.bold("Push " + push.image()));
      case Progress.Changed changed -> say(describe(changed));
      case Progress.Traffic(var load) -> traffic(load);
      case Progress.Ended(var result) -> ended(result);
    }
  }

  private void serving(Scenario scenario, String address) {
    trafficAt = clock.instant();
    say("%s serves %d requests/s for %d tenants from %d pods at %s.".formatted(terminal.bold(scenario.workload()
        .image()), scenario.load().requestsPerSecond(), scenario.load().tenants(), scenario.workload().replicas(),
        address));
  }

  private static String describe(Progress.Changed changed) {
    // While it promotes there is no step: its name would only repeat the state's.
    String where = changed.step().contains("/")
        ? changed.state() + " " + changed.step() + " " + changed.weight()
        : changed.state();
    return changed.message().isEmpty() ? where : "[" + where + "] " + changed.message();
  }

  /// Requests and failures per second and version since the last line.
  private void traffic(LoadReport load) {
    Instant now = clock.instant();
    Duration since = Duration.between(trafficAt, now);
    if (!terminal.live() && since.compareTo(PLAIN_TRAFFIC) < 0) {
      return;
    }
    Map<String, long[]> counts = counts(load);
    List<String> parts = new ArrayList<>();
    double seconds = Math.max(0.001, since.toMillis() / 1000.0);
    counts.forEach((image, count) -> {
      long[] before = countsBefore.getOrDefault(image, new long[2]);
      if (count[0] > before[0]) {
        parts.add(String.format(Locale.ROOT, "%s %.0f/s, %.1f/s failed", image, (count[0] - before[0]) / seconds,
            (count[1] - before[1]) / seconds));
      }
    });
    countsBefore = counts;
    trafficAt = now;
    String line = "traffic: " + String.join("; ", parts);
    if (terminal.live()) {
      terminal.bottom(terminal.faint(line));
    } else {
      say(line);
    }
  }

  private static Map<String, long[]> counts(LoadReport load) {
    Map<String, long[]> counts = new TreeMap<>();
    for (Tally tally : load.tallies()) {
      long[] count = counts.computeIfAbsent(tally.image(), _ -> new long[2]);
      count[0] += tally.requests();
      count[1] += tally.failed();
    }
    return counts;
  }

  private void ended(PushResult result) {
    if (result.push().expect() == null) {
      return;
    }
    String outcome = result.outcome() == null
        ? "nothing decided in " + Summary.seconds(result.push().within())
        : result.outcome() == Outcome.PROMOTED ? "promoted" : "rolled back";
    String line = result.push().image() + ": " + outcome;
    say(terminal.bold(result.asExpected() ? terminal.good(line) : terminal.bad(line + ", expected otherwise")));
    if (!result.sentence().isEmpty()) {
      say(result.sentence());
    }
  }
}
