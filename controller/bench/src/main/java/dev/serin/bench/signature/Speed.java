package dev.serin.bench.signature;

import com.sun.management.ThreadMXBean;
import dev.serin.signature.count.TemplateCounter;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.text.TemplateWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/// How fast one thread is on lines in memory: processor time, best of many short rounds. In a round each data set has its
/// turn, so that a moment in which the machine is slow spoils none, and none has the code compiled for itself alone.
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
  static final int ROUNDS = 64;
  static final int MEBIBYTES_PER_ROUND = 8;

  /// Megabytes per second with counting.
  public double megabytes() {
    return counting * bytesPerLine / 1e6;
  }

  /// Measures data sets side by side.
  ///
  /// @param sets
  ///          lines by name, at least one line each
  public static List<Speed> of(SequencedMap<String, List<String>> sets) {
    List<Meter> meters = sets.entrySet().stream().map(set -> new Meter(set.getKey(), new Data(set.getValue())))
        .toList();
    for (int i = 0; i < ROUNDS; i++) {
      meters.forEach(Meter::round);
    }
    return meters.stream().map(Meter::speed).toList();
  }

  /// Bytes in use after as many garbage collections as find something.
  static long heapInUse() {
    var memory = ManagementFactory.getMemoryMXBean();
    long before;
    long used = Long.MAX_VALUE;
    do {
      before = used;
      memory.gc();
      used = memory.getHeapMemoryUsage().getUsed();
    } while (used < before);
    return used;
  }

  /// Measures one data set.
  private static final class Meter {
    private final String name;
    private final Data data;
    private final int passes;
    private final TemplateWriter writer = new TemplateWriter();
    private final TemplateCounter counter = newCounter();
    private long writing = Long.MAX_VALUE;
    private long counting = Long.MAX_VALUE;
    private long written;

    Meter(String name, Data data) {
      this.name = name;
      this.data = data;
      passes = (int) Math.max(1, ((long) MEBIBYTES_PER_ROUND << 20) / data.bytes.length);
    }

    void round() {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int pass = 0; pass < passes; pass++) {
        write();
      }
      long half = THREADS.getCurrentThreadCpuTime();
      for (int pass = 0; pass < passes; pass++) {
        count(counter);
      }
      writing = Math.min(writing, half - start);
      counting = Math.min(counting, THREADS.getCurrentThreadCpuTime() - half);
    }

    private void write() {
      for (int i = 0; i < data.lines(); i++) {
        written += writer.write(data.bytes, data.from(i), data.to(i));
      }
    }

    private void count(TemplateCounter into) {
      for (int i = 0; i < data.lines(); i++) {
        into.count(data.bytes, data.from(i), data.to(i));
      }
    }

    Speed speed() {
      if (written == 0) {
        throw new IllegalStateException("nothing was measured");
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      count(counter);
      double allocated = (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / data.lines();
      long heapBefore = heapInUse();
      var fresh = newCounter();
      count(fresh);
      long heap = heapInUse() - heapBefore;
      return new Speed(name, (double) data.bytes.length / data.lines(), perSecond(writing), perSecond(counting),
          allocated, fresh.counts().size(), heap);
    }

    private static TemplateCounter newCounter() {
      return new TemplateCounter(SipHash.fast(1, 2), LIMIT);
    }

    private double perSecond(long nanos) {
      return (double) data.lines() * passes * TimeUnit.SECONDS.toNanos(1) / nanos;
    }
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
