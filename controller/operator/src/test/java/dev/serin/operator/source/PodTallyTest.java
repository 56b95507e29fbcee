package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.ExposureKind;
import dev.serin.signature.RecordRules;
import dev.serin.signature.record.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodTallyTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final WindowGrid GRID = new WindowGrid(Duration.ofSeconds(10));
  /// The first window that a stream opened at noon covers.
  private static final long FIRST = GRID.sequenceAt(NOON) + 1;

  private final TestClock clock = new TestClock(NOON);
  private final CountingMeter meter = new CountingMeter();
  private final PodTally tally = new PodTally(GRID,
      new BoundedRules(new SourcePolicy(Duration.ofSeconds(10), Duration.ZERO,
          new RecordRules(List.of(), Optional.empty()), List.of(), Optional.empty(), List.of(), Set.of())),
      (_, _) -> {}, clock,
      meter,
      FIRST - 2);

  @BeforeEach
  void open() {
    assertThat(tally.opened()).isEqualTo(NOON);
    tally.close(FIRST - 1);
    clock.set(NOON.plusSeconds(20));
  }

  @Test
  @DisplayName("Windows are half-open: a line at a window's start belongs to it and proves the window before")
  void bordersAreHalfOpen() {
    tally.accept(error(10));
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.WAITING);
    tally.accept(line("2026-01-01T12:00:19.999999999Z"));
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.WAITING);
    tally.accept(error(20));
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.PROVEN);
    assertThat(tally.proof(FIRST + 1)).isEqualTo(PodTally.Proof.WAITING);

    assertThat(errors(tally.close(FIRST))).isEqualTo(2);
  }

  @Test
  @DisplayName("A stack trace across the border keeps its window open, and counts once, in the window of its first line")
  void recordAcrossBorder() {
    tally.accept(error(19));
    tally.accept(new LogLine(NOON.plusSeconds(20), "\tat dev.shop.Communities.find(Communities.java:12)"));
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.WAITING);
    tally.accept(error(21));
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.PROVEN);

    assertThat(errors(tally.close(FIRST))).isEqualTo(1);
  }

  @Test
  @DisplayName("A plain line after a JSON line proves the window before, though no record ends with it")
  void plainLineAfterJson() {
    tally.accept(new LogLine(NOON.plusSeconds(12), "{\"level\":\"ERROR\",\"message\":\"Tenant missing\"}"));
    tally.accept(error(20));

    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.PROVEN);
    assertThat(errors(tally.close(FIRST))).isEqualTo(1);
  }

  @Test
  @DisplayName("The log's own word that nothing newer exists proves silence and ends an unfinished record")
  void lastLineProvesSilence() {
    tally.accept(error(12));
    tally.lastLine(Optional.of(NOON.plusSeconds(12)), GRID.end(FIRST));

    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.PROVEN);
    assertThat(errors(tally.close(FIRST))).isEqualTo(1);
  }

  @Test
  @DisplayName("A newer line in the log than the stream has shown proves nothing")
  void newerLastLineProvesNothing() {
    tally.accept(error(12));
    tally.lastLine(Optional.of(NOON.plusSeconds(13)), GRID.end(FIRST));

    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.WAITING);
    assertThat(tally.close(FIRST)).isEqualTo(new PodWindow.Missing("its last lines did not come in time"));
  }

  @Test
  @DisplayName("Lines more than ten seconds ahead of our clock prove nothing, are dropped, and cost the next window")
  void futureLinesAreDropped() {
    tally.accept(error(31));

    assertThat(meter.late).hasValue(1);
    assertThat(tally.takeLate()).isEqualTo(1);
    assertThat(tally.takeLate()).isZero();
    assertThat(tally.proof(FIRST)).isEqualTo(PodTally.Proof.MISSING);
    assertThat(tally.proof(FIRST + 1)).isEqualTo(PodTally.Proof.WAITING);
  }

  @Test
  @DisplayName("A second stream counts no line of a window that the first one has proven")
  void reopenedStreamCountsNothingTwice() {
    tally.accept(error(12));
    tally.accept(error(20));
    tally.broken("the log stream was cut");
    assertThat(tally.opened()).isEqualTo(NOON.plusSeconds(20));
    tally.accept(error(12));
    tally.accept(error(20));
    tally.accept(error(30));
    tally.accept(error(30));

    assertThat(errors(tally.close(FIRST))).isEqualTo(1);
    assertThat(tally.close(FIRST + 1)).isEqualTo(new PodWindow.Missing("the log stream was cut"));
    tally.lastLine(Optional.of(NOON.plusSeconds(30)), GRID.end(FIRST + 2));
    assertThat(errors(tally.close(FIRST + 2))).isEqualTo(2);
  }

  @Test
  @DisplayName("A late line costs one window, not the ones after")
  void latenessEnds() {
    tally.lastLine(Optional.empty(), GRID.end(FIRST));
    tally.close(FIRST);
    tally.accept(error(15));
    tally.accept(error(25));
    tally.lastLine(Optional.of(NOON.plusSeconds(25)), GRID.end(FIRST + 2));

    assertThat(tally.close(FIRST + 1)).isEqualTo(new PodWindow.Missing("lines came after their window had closed"));
    assertThat(errors(tally.close(FIRST + 2))).isZero();
  }

  private static long errors(PodWindow window) {
    return switch (window) {
      case PodWindow.Counted(Counts counts) -> counts.failures(ExposureKind.POD_SECONDS);
      case PodWindow.Missing(String why) -> throw new AssertionError("missing: " + why);
    };
  }

  private static LogLine error(int second) {
    return line(NOON.plusSeconds(second).toString());
  }

  private static LogLine line(String time) {
    return new LogLine(Instant.parse(time), "ERROR community missing");
  }
}
