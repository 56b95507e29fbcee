package dev.serin.signature.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.serin.signature.sketch.SipHash;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// `-Dserin.signature.distinct=10000000` for the long run.
class TemplateCounterTest {

  private static final int DISTINCT = Integer.getInteger("serin.signature.distinct", 200_000);

  @Test
  @DisplayName("Lines count by their templates, whatever the key")
  void counts() {
    for (var key : new SipHash[]{SipHash.fast(1, 2), SipHash.fast(3, 4)}) {
      var counter = new TemplateCounter(key, 8);
      for (var line : "Community 7 not found\nboom\nCommunity 8 not found".split("\n", -1)) {
        count(counter, line);
      }

      assertThat(counter.counts()).isEqualTo(Map.of("Community <*> not found", 2L, "boom", 1L));
      assertThat(counter.total()).isEqualTo(3);
      assertThat(counter.folded()).isFalse();
    }
  }

  @Test
  @DisplayName("Beyond its limit a node folds for good, and its total stays exact")
  void folds() {
    var counter = new TemplateCounter(SipHash.fast(1, 2), 2);

    assertThat(count(counter, "one")).isZero();
    assertThat(count(counter, "two")).isOne();
    assertThat(count(counter, "one")).isZero();
    assertThat(count(counter, "three")).isEqualTo(TemplateCounter.FOLDED);
    assertThat(count(counter, "one")).isEqualTo(TemplateCounter.FOLDED);
    assertThat(counter.counts()).isEmpty();
    assertThat(counter.total()).isEqualTo(5);
    assertThat(counter.folded()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> new TemplateCounter(SipHash.fast(1, 2), 0))
        .withMessage("limit must be 1..65536, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new TemplateCounter(SipHash.fast(1, 2), 65_537))
        .withMessage("limit must be 1..65536, was 65537");
  }

  @Test
  @DisplayName("A limit of one template and one of 65,536 are kept to the line")
  void keepsLimits() {
    for (int limit : new int[]{1, 65_536}) {
      var counter = new TemplateCounter(SipHash.fast(1, 2), limit);
      for (int i = 0; i < limit; i++) {
        assertThat(count(counter, "no " + letters(i))).isEqualTo(i);
      }

      assertThat(count(counter, "no " + letters(limit - 1))).isEqualTo(limit - 1);
      assertThat(counter.counts()).hasSize(limit).containsEntry("no " + letters(limit - 1), 2L);
      assertThat(count(counter, "one more")).isEqualTo(TemplateCounter.FOLDED);
    }
  }

  @Test
  @DisplayName("Long templates are told apart beyond what is kept of them, and their counts add up")
  void tellsLongTemplatesApart() {
    var counter = new TemplateCounter(SipHash.fast(1, 2), 8);
    var text = "word ".repeat(110);

    assertThat(count(counter, text + "a")).isZero();
    assertThat(count(counter, text + "b")).isOne();
    assertThat(count(counter, text + "a")).isZero();
    assertThat(counter.counts()).isEqualTo(Map.of(text.substring(0, 512), 3L));
  }

  @Test
  @DisplayName("A line whose template is known allocates nothing")
  void allocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] line = "User 17 of Community acme got status=404 \"not found\" after 12 ms from 10.0.0.1:80 (try 3)"
        .getBytes(StandardCharsets.UTF_8);
    var counter = new TemplateCounter(SipHash.fast(1, 2), 8);
    for (int i = 0; i < 1_000; i++) {
      counter.count(line, 0, line.length);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      counter.count(line, 0, line.length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The measurement itself may allocate a little.
    assertThat(allocated).as("bytes for 100,000 lines").isLessThan(10_000);
  }

  @Test
  @DisplayName("A stream of lines that are all different is counted exactly in bounded memory")
  void isBounded() {
    var counter = new TemplateCounter(SipHash.fast(1, 2), 1_024);
    for (int i = 0; i < DISTINCT; i++) {
      count(counter, "no such thing as " + letters(i));
    }

    assertThat(counter.total()).isEqualTo(DISTINCT);
    assertThat(counter.folded()).isTrue();
    assertThat(counter.counts()).isEmpty();
  }

  /// Letters only: digits would be masked.
  private static String letters(int number) {
    return Integer.toString(number, 26).chars().map(c -> c < 'a' ? c - '0' + 'q' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  private static int count(TemplateCounter counter, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return counter.count(bytes, 0, bytes.length);
  }
}
