package dev.serin.bench.signature;

import com.sun.management.ThreadMXBean;
import dev.serin.signature.count.TemplateCounter;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.text.TemplateWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast one thread is on lines in memory: processor time, best of several rounds after a warm-up.
///
/// @param bytesPerLine
///          mean length
/// @param writing
///          lines per second, template only
/// @param counting
///          lines per second with counting
/// @param allocated
///          bytes per line that counting allocates, once every template is known
/// @param templates
///          found
/// @param heap
///          bytes that the counter keeps after a garbage collection
public record Speed(String name, double bytesPerLine, double writing, double counting, double allocated, int templates,
    long heap) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LIMIT = 1 << 16;
  private static final int ROUNDS = 12;
  private static final long BYTES_PER_ROUND = 64L << 20;

  /// Megabytes per second with counting.
  public double megabytes() {
    return counting * bytesPerLine / 1e6;
  }

  /// Measures all lines of a data set together.
  ///
  /// @param lines
  ///          at least one
  public static Speed of(String name, List<String> lines) {
    var data = new Data(lines);
    int passes = (int) Math.max(1, BYTES_PER_ROUND / data.bytes.length);
    var writer = new TemplateWriter();
    double writing = best(data.lines() * (long) passes, () -> {
      long length = 0;
      for (int pass = 0; pass < passes; pass++) {
        for (int i = 0; i < data.lines(); i++) {
          length += writer.write(data.bytes, data.from(i), data.to(i));
        }
      }
      return length;
    });
    long before = heapInUse();
    var counter = new TemplateCounter(SipHash.fast(1, 2), LIMIT);
    double counting = best(data.lines() * (long) passes, () -> {
      for (int pass = 0; pass < passes; pass++) {
        count(counter, data);
      }
      return counter.total();
    });
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    count(counter, data);
    double allocated = (double) (THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore) / data.lines();
    long heap = heapInUse() - before;
    return new Speed(name, (double) data.bytes.length / data.lines(), writing, counting, allocated,
        counter.counts().size(), heap);
  }

  private static void count(TemplateCounter counter, Data data) {
    for (int i = 0; i < data.lines(); i++) {
      counter.count(data.bytes, data.from(i), data.to(i));
    }
  }

  private static double best(long lines, LongSupplier round) {
    long least = Long.MAX_VALUE;
    long check = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      check += round.getAsLong();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }
    if (check == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    return (double) lines * TimeUnit.SECONDS.toNanos(1) / least;
  }

  /// Bytes in use after a garbage collection.
  static long heapInUse() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /// Lines one after the other in one array.
  private static final class Data {
    private final byte[] bytes;
    private final int[] ends;

    Data(List<String> lines) {
      bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
      ends = new int[lines.size()];
      int end = 0;
      for (int i = 0; i < ends.length; i++) {
        end += lines.get(i).getBytes(StandardCharsets.UTF_8).length;
        ends[i] = end;
      }
    }

    int lines() {
      return ends.length;
    }

    int from(int line) {
      return line == 0 ? 0 : ends[line - 1];
    }

    int to(int line) {
      return ends[line];
    }
  }
}
