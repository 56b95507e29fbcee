package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.RatioGrid;
import dev.serin.stats.cluster.Dispersion;
import dev.serin.stats.cluster.Tempering;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClustersTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Track.Facts FACTS = new Track.Facts(RatioGrid.uniform(1), 0, 0, false);
  private static final List<String> PODS = List.of("b0", "b1");
  private static final long[] NONE = {};

  /// What was learned after some windows, and the hypotheses' own part of it.
  private record Learned(Clusters clusters, List<Track> tracks) {

    static Learned none(Duration window, int hypotheses) {
      return new Learned(Clusters.none(window), Collections.nCopies(hypotheses, Track.silent(FACTS)));
    }

    /// Adds a window: events by pod for each hypothesis.
    Learned after(List<String> pods, long[]... counts) {
      var exposures = new double[pods.size()];
      Arrays.fill(exposures, 100);
      var cells = new @Nullable Cell[tracks.size()];
      for (int i = 0; i < counts.length; i++) {
        if (counts[i].length > 0) {
          var cell = new Cell(0, pods.size());
          for (int p = 0; p < counts[i].length; p++) {
            cell.addStable(p, counts[i][p]);
          }
          cells[i] = cell;
        }
      }
      var next = tracks.toArray(Track[]::new);
      return new Learned(
          clusters.after(pods, new Split(new double[0], new int[0], exposures), next, cells, i -> i != 0),
          List.of(next));
    }

    Learned after(int windows, IntFunction<long[]> counts) {
      var learned = this;
      for (int k = 0; k < windows; k++) {
        var window = new long[tracks.size()][];
        Arrays.fill(window, counts.apply(k));
        learned = learned.after(PODS, window);
      }
      return learned;
    }

    Tempering tempering(int hypothesis) {
      return clusters.tempering(tracks.get(hypothesis));
    }

    byte[] bytes() {
      var out = ByteBuffer.allocate(10_000);
      clusters.write(out);
      for (var track : tracks) {
        track.write(out, clusters);
      }
      return Arrays.copyOf(out.array(), out.position());
    }

    Learned read(Duration window) {
      var in = ByteBuffer.wrap(bytes());
      var read = Clusters.read(in, window);
      return new Learned(read, tracks.stream().map(_ -> Track.read(FACTS, read, in)).toList());
    }
  }

  /// `φ` in so many like blocks, with the decayed sums: of each block the sum of squares and the events, and the windows
  /// from its end to now.
  private static double phi(double prior, double level, double squares, double events, int... ages) {
    double ss = prior * level;
    double n = prior;
    double es = ss;
    double em = n;
    for (int age : ages) {
      // The half-life of 20 minutes is 120 windows of 10 s.
      double kept = StrictMath.pow(0.5, age / 120.0);
      ss += squares;
      n += events;
      es += kept * squares;
      em += kept * events;
    }
    return Math.max(ss / n, es / em);
  }

  @Test
  @DisplayName("Nothing is known at first: no cap, and no cluster longer than a window")
  void nothing() {
    assertThat(Learned.none(WINDOW, 1).tempering(0)).isEqualTo(new Tempering(Double.POSITIVE_INFINITY, 1, true));
  }

  @Test
  @DisplayName("Each window, each minute and each five minutes show how events scatter over the pods; old ones fade")
  void scales() {
    // Counts (2, 0): mean 1, residuals 1 and -1, so 4. A minute has (12, 0) and 144, five minutes (60, 0) and 3,600.
    var ages = IntStream.range(0, 400).toArray();
    var minutes = IntStream.rangeClosed(1, 66).map(m -> 400 - 6 * m).toArray();
    var fives = IntStream.rangeClosed(1, 13).map(m -> 400 - 30 * m).toArray();
    double window = phi(20, phi(5, 1, 4, 2, ages), 4, 2, ages);
    double minute = phi(20, phi(5, 1, 144, 12, minutes), 144, 12, minutes);
    double five = phi(20, phi(5, 1, 3600, 60, fives), 3600, 60, fives);
    assertThat(five).isGreaterThan(minute);

    var found = Learned.none(WINDOW, 2).after(400, _ -> new long[]{2, 0}).tempering(1);
    assertThat(found.u()).isCloseTo(1 + 3.5 * (window - 1.05), within(1e-9));
    assertThat(found.windows()).isCloseTo(1 + 3.5 * (five / window - 1.35), within(1e-9));
  }

  @Test
  @DisplayName("A minute alone shows clusters that touch several windows, before five minutes are over")
  void minute() {
    var ages = new int[]{0, 1, 2, 3, 4, 5};
    double window = phi(20, phi(5, 1, 4, 2, ages), 4, 2, ages);
    double minute = phi(20, phi(5, 1, 144, 12, 0), 144, 12, 0);
    assertThat(Learned.none(WINDOW, 2).after(5, _ -> new long[]{2, 0}).tempering(1).windows()).isEqualTo(1);
    assertThat(Learned.none(WINDOW, 2).after(6, _ -> new long[]{2, 0}).tempering(1).windows())
        .isCloseTo(1 + 3.5 * (minute / window - 1.35), within(1e-9));
  }

  @Test
  @DisplayName("A minute has at least two windows, five minutes at least three, however long windows are")
  void longWindows() {
    var slow = Duration.ofMinutes(5);
    var one = Learned.none(slow, 2).after(1, _ -> new long[]{40, 0});
    var two = Learned.none(slow, 2).after(2, _ -> new long[]{40, 0});
    var three = Learned.none(slow, 2).after(3, _ -> new long[]{40, 0});
    assertThat(one.tempering(1).windows()).isEqualTo(1);
    assertThat(two.tempering(1).windows()).isGreaterThan(1.5);
    assertThat(three.tempering(1).windows()).isGreaterThan(two.tempering(1).windows());
  }

  @Test
  @DisplayName("A signature without events is tempered as all together; sums of others do not count in that")
  void pooled() {
    var learned = Learned.none(WINDOW, 3);
    var onlySum = learned;
    for (int k = 0; k < 30; k++) {
      learned = learned.after(PODS, NONE, new long[]{2, 0}, NONE);
      onlySum = onlySum.after(PODS, new long[]{2, 0}, NONE, NONE);
    }
    assertThat(onlySum.tempering(2)).isEqualTo(new Tempering(Double.POSITIVE_INFINITY, 1, true));
    assertThat(onlySum.tempering(0).windows()).isGreaterThan(1);
    assertThat(learned.tempering(2).windows()).isGreaterThan(learned.tempering(1).windows() / 2).isGreaterThan(2);
    assertThat(learned.tempering(2).u()).isInfinite();
  }

  @Test
  @DisplayName("Signatures that are counted together add up in what all together show")
  void together() {
    var learned = Learned.none(WINDOW, 4);
    for (int k = 0; k < 6; k++) {
      learned = learned.after(PODS, NONE, new long[]{2, 0}, new long[]{2, 0}, NONE);
    }
    // Twice 4 squares of 2 events in each window, twice 144 of 12 in the minute.
    double window = phi(5, 1, 8, 4, 0, 1, 2, 3, 4, 5);
    double minute = phi(5, 1, 288, 24, 0);
    assertThat(learned.tempering(3).windows()).isCloseTo(1 + 3.5 * (minute / window - 1.35), within(1e-9));
  }

  @Test
  @DisplayName("The cap is trusted after an hour and 300 events of the hypothesis, not before either")
  void enough() {
    var hour = Learned.none(WINDOW, 1).after(359, _ -> new long[]{1, 0});
    assertThat(hour.tempering(0).u()).isInfinite();
    assertThat(hour.after(1, _ -> new long[]{1, 0}).tempering(0).u()).isFinite();

    var quiet = Learned.none(WINDOW, 1).after(360, _ -> NONE).after(299, _ -> new long[]{0, 1});
    assertThat(quiet.tempering(0).u()).isInfinite();
    assertThat(quiet.after(1, _ -> new long[]{0, 1}).tempering(0).u()).isFinite();
  }

  @Test
  @DisplayName("A block in which a pod came or went counts nothing")
  void changedPods() {
    var learned = Learned.none(WINDOW, 2);
    for (int k = 0; k < 60; k++) {
      var pods = k % 5 < 4 ? PODS : List.of("b0", "b1", "b2");
      learned = learned.after(pods, NONE, new long[]{2, 0});
    }
    assertThat(learned.tempering(1).windows()).isEqualTo(1);
  }

  @Test
  @DisplayName("Windows without events are part of a block: what a block lacks does not come from the one before")
  void gaps() {
    // Each minute has one window with (12, 0): the block shows no more than the window.
    var found = Learned.none(WINDOW, 2).after(360, k -> k % 6 == 0 ? new long[]{12, 0} : NONE).tempering(1);
    var ages = IntStream.range(0, 60).map(m -> 359 - 6 * m).toArray();
    double window = phi(20, phi(5, 1, 144, 12, ages), 144, 12, ages);
    assertThat(found.u()).isCloseTo(1 + 3.5 * (window - 1.05), within(1e-9));
    // Five such minutes together are (60, 0).
    var fives = IntStream.rangeClosed(1, 12).map(m -> 360 - 30 * m).toArray();
    double five = phi(20, phi(5, 1, 3600, 60, fives), 3600, 60, fives);
    assertThat(found.windows()).isCloseTo(1 + 3.5 * (five / window - 1.35), within(1e-9));
  }

  @Test
  @DisplayName("What is written is read bit for bit in the middle of a block, and goes on alike")
  void roundTrip() {
    var learned = Learned.none(WINDOW, 2).after(200, k -> k % 3 == 0 ? NONE : new long[]{k % 4, 200});
    var read = learned.read(WINDOW);
    assertThat(read.bytes()).isEqualTo(learned.bytes());
    assertThat(read.tempering(1)).isEqualTo(learned.tempering(1));
    assertThat(read.after(161, _ -> new long[]{2, 0}).bytes())
        .isEqualTo(learned.after(161, _ -> new long[]{2, 0}).bytes());
  }

  @Test
  @DisplayName("A hypothesis without events in the blocks under way stores none, and is read so")
  void silentInTheBlock() {
    var learned = Learned.none(WINDOW, 2).after(6, _ -> new long[]{2, 0}).after(24, _ -> NONE).after(1, _ -> NONE);
    assertThat(learned.read(WINDOW).bytes()).isEqualTo(learned.bytes());
    assertThat(learned.read(WINDOW).after(40, _ -> new long[]{1, 1}).bytes())
        .isEqualTo(learned.after(40, _ -> new long[]{1, 1}).bytes());
  }

  @Test
  @DisplayName("A block of another number of groups than its exposures have is refused")
  void refuses() {
    var learned = Learned.none(WINDOW, 1).after(1, _ -> new long[]{2, 0});
    var clusters = ByteBuffer.allocate(1_000);
    learned.clusters().write(clusters);
    var own = ByteBuffer.allocate(1_000);
    learned.tracks().getFirst().calibration().write(own, learned.clusters().blocks());
    int groups = 3 * Dispersion.BYTES;
    assertThat(own.get(groups)).isEqualTo((byte) 2);

    own.put(groups, (byte) 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read(own.rewind(), learned.clusters().blocks()))
        .withMessage("a block has 1 groups of pods, not 2");
  }
}
