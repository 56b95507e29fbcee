package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.cluster.Tempering;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who has the places of a [Placebo], and what the evidence in them is to the digit.
class PlacesTest {

  private static final double NEVER = 700;
  private static final Tempering INDEPENDENT = new Tempering(1, 1, true);
  private static final List<String> TWO = List.of("a", "b");

  private static Placebo after(Placebo before, List<String> pods, double[] exposures, long... counts) {
    return after(before, NEVER, pods, exposures, counts);
  }

  private static Placebo after(Placebo before, double logThreshold, List<String> pods, double[] exposures,
      long... counts) {
    var cell = new Cell(1, pods.size());
    for (int p = 0; p < counts.length; p++) {
      cell.addStable(p, counts[p]);
    }
    return before.after(pods, new Split(new double[]{100}, new int[]{0}, exposures), counts.length == 0 ? null : cell,
        INDEPENDENT, logThreshold);
  }

  private static double[] alike(List<String> pods) {
    var exposures = new double[pods.size()];
    Arrays.fill(exposures, 100);
    return exposures;
  }

  /// So many windows.
  private static Placebo after(Placebo before, int windows, List<String> pods, IntFunction<long[]> counts) {
    var placebo = before;
    for (int k = 0; k < windows; k++) {
      placebo = after(placebo, pods, alike(pods), counts.apply(k));
    }
    return placebo;
  }

  private static long[] on(int pod, int pods) {
    var counts = new long[pods];
    counts[pod] = 1;
    return counts;
  }

  private static byte[] bytes(Placebo placebo) {
    var out = ByteBuffer.allocate(10_000);
    placebo.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static Placebo read(byte[] bytes) {
    return Placebo.read(ByteBuffer.wrap(bytes));
  }

  /// Mean evidence of 16 places after two blocks, of which two are taken by pods of the same exposure with so many of all
  /// events of a block: by the definition, with the weights 1/12 and 1/12 of a start in the first and second block.
  private static double logMean(double[] ofFirst, double[] ofSecond, double all) {
    double sum = Placebo.PLACES - 2;
    for (int place = 0; place < 2; place++) {
      sum += 0.5 * (1 - 2 / 12.0);
      for (double ratio : new double[]{2, 5, 20}) {
        double q = 0.5;
        for (double own : new double[]{ofFirst[place], ofSecond[place]}) {
          q = (q + 0.5 / 12) * StrictMath.pow(ratio, own) / StrictMath.pow((ratio + 1) / 2, all);
        }
        sum += q / 3;
      }
    }
    return StrictMath.log(sum / Placebo.PLACES);
  }

  @Test
  @DisplayName("Evidence grows by blocks of 30 windows, windows without errors included, by the likelihood ratio")
  void blocks() {
    // Ten events in a block, of which the first pod has seven, then four.
    var first = after(Placebo.NONE, 29, TWO, k -> k < 10 ? on(k < 7 ? 0 : 1, 2) : new long[0]);
    assertThat(first.logMean()).as("29 windows").isCloseTo(0, within(1e-12));
    var full = after(first, TWO, alike(TWO));
    assertThat(full.logMean()).isNotCloseTo(0, within(1e-3));
    var second = after(full, 30, TWO, k -> k < 10 ? on(k < 4 ? 0 : 1, 2) : new long[0]);
    assertThat(second.logMean()).isCloseTo(logMean(new double[]{7, 3}, new double[]{4, 6}, 10), within(1e-12));
  }

  @Test
  @DisplayName("The stable pods are suspect once the threshold is reached, and what told stays known")
  void threshold() {
    var before = after(Placebo.NONE, 29, TWO, _ -> on(0, 2));
    double reached = after(before, TWO, alike(TWO), on(0, 2)).logMean();
    assertThat(after(before, Math.nextUp(reached), TWO, alike(TWO), on(0, 2)).suspect()).isFalse();
    var suspect = after(before, reached, TWO, alike(TWO), on(0, 2));
    assertThat(suspect.suspect()).isTrue();
    assertThat(suspect.worst()).isEqualTo("a");
    assertThat(bytes(after(suspect, 40, TWO, _ -> on(1, 2)))).isEqualTo(bytes(suspect));
    assertThat(read(bytes(suspect)).suspect()).isTrue();
    assertThat(read(bytes(before)).suspect()).isFalse();
  }

  @Test
  @DisplayName("The worst pod is the one with the most evidence, the first of equal ones; nobody has any at first")
  void worst() {
    assertThat(after(Placebo.NONE, 30, TWO, k -> on(k < 20 ? 1 : 0, 2)).worst()).isEqualTo("b");
    assertThat(after(Placebo.NONE, 30, TWO, k -> on(k % 2, 2)).worst()).isEqualTo("a");
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(Placebo.NONE::worst);
  }

  @Test
  @DisplayName("A pod with no exposure or all of it, and events of the canary alone, say nothing")
  void nothing() {
    var alone = after(Placebo.NONE, 30, TWO, _ -> new long[0]);
    var idle = Placebo.NONE;
    var ofCanary = Placebo.NONE;
    for (int k = 0; k < 30; k++) {
      idle = after(idle, TWO, new double[]{100, 0}, 5, 0);
      ofCanary = after(ofCanary, TWO, alike(TWO), 0, 0);
    }
    assertThat(idle.logMean()).isCloseTo(alone.logMean(), within(1e-12));
    assertThat(bytes(ofCanary)).as("no place is taken").isEqualTo(bytes(alone));
  }

  @Test
  @DisplayName("A pod of more exposure may have more events: shares of the exposure are compared")
  void exposures() {
    var fair = Placebo.NONE;
    var swapped = Placebo.NONE;
    for (int k = 0; k < 30; k++) {
      fair = after(fair, TWO, new double[]{150, 75}, on(k % 3 == 0 ? 1 : 0, 2));
      swapped = after(swapped, TWO, new double[]{75, 150}, on(k % 3 == 0 ? 1 : 0, 2));
    }
    assertThat(fair.logMean()).isNegative();
    assertThat(swapped.logMean()).isGreaterThan(1);
    assertThat(swapped.worst()).isEqualTo("a");
  }

  @Test
  @DisplayName("The place of a pod that went passes to the first new one with its evidence; the others keep theirs")
  void handedOn() {
    var pods = List.of("a", "b", "c");
    var told = after(Placebo.NONE, 30, pods, _ -> on(1, 3));
    assertThat(after(told, pods, alike(pods), 0, 0, 0).worst()).as("events of the canary alone").isEqualTo("b");
    var replaced = List.of("a", "c", "d");
    assertThat(after(told, 1, replaced, _ -> on(0, 3)).worst()).isEqualTo("d");
    assertThat(after(told, 1, List.of("a", "aa", "b", "c"), _ -> on(0, 4)).worst()).as("b is in another line")
        .isEqualTo("b");
    assertThat(after(told, 1, List.of("a", "c"), _ -> on(0, 2)).worst()).as("nobody is new").isEqualTo("b");
    assertThat(after(told, 30, List.of("b", "c"), k -> on(k % 2, 2)).worst()).as("b goes on").isEqualTo("b");
  }

  @Test
  @DisplayName("Sixteen pods have places, the first by name; a 17th gets one when a pod goes")
  void seventeen() {
    var pods = IntStream.range(0, 17).mapToObj("p%02d"::formatted).toList();
    assertThat(after(Placebo.NONE, 30, pods, _ -> on(15, 17)).worst()).isEqualTo("p15");
    var unseen = after(Placebo.NONE, 30, pods, _ -> on(16, 17));
    assertThat(unseen.worst()).isEqualTo("p00");
    assertThat(unseen.logMean()).isNegative();

    var fewer = pods.subList(1, 17);
    assertThat(after(unseen, 30, fewer, _ -> on(15, 16)).worst()).isEqualTo("p16");
  }

  @Test
  @DisplayName("What is written in any window of a block is read bit for bit")
  void roundTrip() {
    var pods = IntStream.range(0, 16).mapToObj("p%02d"::formatted).toList();
    for (int windows : new int[]{0, 1, 29, 30, 59}) {
      var placebo = after(Placebo.NONE, windows, pods, k -> on(k % 16, 16));
      assertThat(bytes(read(bytes(placebo)))).as("%s windows", windows).isEqualTo(bytes(placebo));
      assertThat(bytes(after(read(bytes(placebo)), 31, pods, _ -> on(3, 16))))
          .isEqualTo(bytes(after(placebo, 31, pods, _ -> on(3, 16))));
    }
  }

  @Test
  @DisplayName("What no windows could have led to is refused, just beyond what they can")
  void refuses() {
    var state = bytes(after(Placebo.NONE, 30, TWO, _ -> on(0, 2)));
    refused(ByteBuffer.wrap(state.clone()).putInt(1, 30), "cannot have 2, 30 windows and 1 blocks");
    refused(ByteBuffer.wrap(state.clone()).putInt(1, -1), "cannot have 2, -1 windows and 1 blocks");
    refused(ByteBuffer.wrap(state.clone()).putLong(5, -1), "cannot have 2, 0 windows and -1 blocks");
    refused(ByteBuffer.wrap(state.clone()).putInt(13, 17), "cannot have 17, 0 windows and 1 blocks");
    refused(ByteBuffer.wrap(state.clone()).putInt(13, -1), "cannot have -1, 0 windows and 1 blocks");
    refused(ByteBuffer.wrap(state.clone()).putInt(17, 0), "a pod's name has an impossible length: 0");
    refused(ByteBuffer.wrap(state.clone()).putInt(17, 10_000), "a pod's name has an impossible length: 10000");
    // A name of one byte, then the gain and the evidence.
    refused(ByteBuffer.wrap(state.clone()).putDouble(22, Double.NaN), "evidence must be a finite number");
    refused(ByteBuffer.wrap(state.clone()).putDouble(30, -1), "at least 0, was -1.0");
    refused(ByteBuffer.wrap(state.clone()).putDouble(30, Double.POSITIVE_INFINITY), "at least 0, was Infinity");
    assertThat(Placebo.read(ByteBuffer.wrap(state.clone()).putDouble(30, 0)).suspect()).as("0 is possible").isFalse();
  }

  private static void refused(ByteBuffer damaged, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Placebo.read(damaged.rewind()))
        .withMessageContaining(message);
  }
}
