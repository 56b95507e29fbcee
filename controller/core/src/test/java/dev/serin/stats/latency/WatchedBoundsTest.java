package dev.serin.stats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchedBoundsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /// So many hundreds of requests: 50 % within .1 s, 90 % within .2 s, 99 % within .4 s, all within .8 s.
  private static SortedMap<Double, Long> hundreds(long count) {
    return new TreeMap<>(Map.of(0.1, 50 * count, 0.2, 90 * count, 0.4, 99 * count, 0.8, 100 * count,
        INFINITY, 100 * count));
  }

  private static double[] bounds(WatchedBounds watched) {
    return IntStream.range(0, watched.size()).mapToDouble(watched::bound).toArray();
  }

  private static byte[] bytes(WatchedBounds watched) {
    var out = ByteBuffer.allocate(2_000);
    watched.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static WatchedBounds read(byte[] bytes) {
    return WatchedBounds.read(ByteBuffer.wrap(bytes));
  }

  @Test
  @DisplayName("After a thousand requests of any pods in any windows the bounds at p50, p90 and p99 are chosen")
  void chooses() {
    var nineHundred = WatchedBounds.NONE.after(List.of(hundreds(4), hundreds(1))).after(List.of(hundreds(4)));
    assertThat(nineHundred.size()).isZero();
    assertThat(bounds(nineHundred.after(List.of(hundreds(1))))).containsExactly(0.1, 0.2, 0.4);

    var short1 = new TreeMap<>(Map.of(0.1, 50L, 0.2, 99L, INFINITY, 99L));
    assertThat(nineHundred.after(List.of(short1)).size()).as("other bounds do not count").isZero();
    var almost = new TreeMap<>(hundreds(1));
    almost.put(0.8, 99L);
    almost.put(INFINITY, 99L);
    assertThat(nineHundred.after(List.of(almost)).size()).as("999 requests").isZero();
  }

  @Test
  @DisplayName("Bounds that are chosen once are never chosen again")
  void onlyOnce() {
    var chosen = WatchedBounds.NONE.after(List.of(hundreds(10)));
    var slower = new TreeMap<>(Map.of(0.1, 0L, 0.2, 0L, 0.4, 0L, 0.8, 100_000L, INFINITY, 100_000L));
    assertThat(chosen.after(List.of(slower))).isSameAs(chosen);
  }

  @Test
  @DisplayName("A pod that measures nothing, only all its requests, or in more than 100 buckets, teaches nothing")
  void teachesNothing() {
    assertThat(WatchedBounds.NONE.after(List.of())).isSameAs(WatchedBounds.NONE);
    assertThat(WatchedBounds.NONE.after(List.of(new TreeMap<>()))).isSameAs(WatchedBounds.NONE);
    assertThat(WatchedBounds.NONE.after(List.of(new TreeMap<>(Map.of(INFINITY, 5_000L)))))
        .isSameAs(WatchedBounds.NONE);
    assertThat(WatchedBounds.NONE.after(List.of(fine(101)))).isSameAs(WatchedBounds.NONE);
    assertThat(WatchedBounds.NONE.after(List.of(fine(100))).size()).isEqualTo(WatchedBounds.MOST);
  }

  /// A thousand requests in each of so many buckets.
  private static SortedMap<Double, Long> fine(int buckets) {
    var cumulative = new TreeMap<Double, Long>();
    for (int i = 1; i <= buckets; i++) {
      cumulative.put((double) i, 1_000L * i);
    }
    cumulative.put(INFINITY, 1_000L * buckets);
    return cumulative;
  }

  @Test
  @DisplayName("The first bounds count: a pod that measures by others adds nothing to them")
  void firstBounds() {
    var other = new TreeMap<>(Map.of(0.3, 900L, 0.6, 950L, INFINITY, 1_000L));
    var learned = WatchedBounds.NONE.after(List.of(hundreds(5), other));
    assertThat(learned.size()).isZero();
    assertThat(bounds(learned.after(List.of(other, hundreds(5))))).containsExactly(0.1, 0.2, 0.4);
    assertThat(bounds(WatchedBounds.NONE.after(List.of(other, hundreds(10))))).containsExactly(0.3, 0.6);
  }

  @Test
  @DisplayName("What is written is read bit for bit, while learning and after, and goes on alike")
  void roundTrip() {
    var learning = WatchedBounds.NONE.after(List.of(hundreds(9)));
    var chosen = learning.after(List.of(hundreds(1)));
    for (var watched : List.of(WatchedBounds.NONE, learning, chosen)) {
      var in = ByteBuffer.wrap(bytes(watched));
      var read = WatchedBounds.read(in);
      assertThat(in.hasRemaining()).isFalse();
      assertThat(bytes(read)).isEqualTo(bytes(watched));
      assertThat(bytes(read.after(List.of(hundreds(1))))).isEqualTo(bytes(watched.after(List.of(hundreds(1)))));
    }
    assertThat(bounds(read(bytes(learning)).after(List.of(hundreds(1))))).containsExactly(0.1, 0.2, 0.4);
    assertThat(bounds(read(bytes(chosen)))).containsExactly(0.1, 0.2, 0.4);

    var hundred = new TreeMap<Double, Long>();
    for (int i = 1; i <= 100; i++) {
      hundred.put((double) i, (long) i);
    }
    hundred.put(INFINITY, 110L);
    var finest = WatchedBounds.NONE.after(List.of(hundred));
    assertThat(bytes(read(bytes(finest)))).isEqualTo(bytes(finest));
  }

  @Test
  @DisplayName("What no windows could have led to is refused")
  void refuses() {
    refused(new byte[]{4}, "bounds must be 0..3, were 4");
    refused(new byte[]{-1}, "bounds must be 0..3, were -1");
    refused(new byte[]{0, 101}, "bounds must be 0..100, were 101");
    refused(new byte[]{0, -1}, "bounds must be 0..100, were -1");
    var chosen = bytes(WatchedBounds.NONE.after(List.of(hundreds(10))));
    refused(ByteBuffer.wrap(chosen.clone()).putDouble(1, 0).array(), "above 0 and finite, was 0.0");
    refused(ByteBuffer.wrap(chosen.clone()).putDouble(9, INFINITY).array(), "above 0 and finite, was Infinity");
    var learning = bytes(WatchedBounds.NONE.after(List.of(hundreds(9))));
    // After two sizes and four bounds: all requests, fewer than those above the first bound.
    refused(ByteBuffer.wrap(learning.clone()).putLong(2 + 4 * Double.BYTES, 1).array(), "counts must be at least 0");
  }

  private static void refused(byte[] damaged, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(damaged)).withMessageContaining(message);
  }
}
