package dev.serin.stats.trial;

import dev.serin.stats.cluster.Decay;
import dev.serin.stats.cluster.Dispersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// How one hypothesis' events scatter over the stable pods, in single windows and in two longer blocks. Immutable.
final class Calibration {

  static final Calibration NONE = new Calibration(
      new Dispersion[]{Dispersion.NONE, Dispersion.NONE, Dispersion.NONE}, new @Nullable Partial[Blocks.SCALES]);

  private final Dispersion[] dispersions;
  private final @Nullable Partial[] partials;

  /// Events of an unfinished block, by group.
  private static final class Partial {

    private final long number;
    private final long[] counts;

    Partial(long number, long[] counts) {
      this.number = number;
      this.counts = counts;
    }
  }

  private Calibration(Dispersion[] dispersions, @Nullable Partial[] partials) {
    this.dispersions = dispersions;
    this.partials = partials;
  }

  /// What a window or block adds: the same is added to the sums of all signatures.
  record Addition(int scale, double squares, double events) {}

  /// Dispersion by scale, that of single windows first.
  Dispersion dispersion(int scale) {
    return dispersions[scale];
  }

  /// Events in single windows so far.
  double events() {
    return dispersions[0].n();
  }

  Calibration plus(Addition addition, long now, Decay decay) {
    var next = dispersions.clone();
    next[addition.scale()] = next[addition.scale()].plus(addition.squares(), addition.events(), now, decay);
    return new Calibration(next, partials);
  }

  /// Takes a window's events into the unfinished blocks.
  Calibration filling(long[] groupCounts, Blocks blocks) {
    var next = new @Nullable Partial[Blocks.SCALES];
    for (int j = 0; j < Blocks.SCALES; j++) {
      var partial = partials[j];
      var counts = groupCounts.clone();
      if (partial != null && partial.number == blocks.number(j)) {
        for (int g = 0; g < counts.length; g++) {
          counts[g] += partial.counts[g];
        }
      }
      next[j] = new Partial(blocks.number(j), counts);
    }
    return new Calibration(dispersions, next);
  }

  /// What a finished block adds; null if nothing happened in it.
  @Nullable
  Addition finished(int scale, Blocks blocks) {
    var partial = partials[scale];
    return partial == null || partial.number != blocks.number(scale)
        ? null
        : new Addition(scale + 1, Dispersion.squares(partial.counts, blocks.exposures(scale)), sum(partial.counts));
  }

  static double sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return (double) sum;
  }

  void write(ByteBuffer out, Blocks blocks) {
    for (var dispersion : dispersions) {
      dispersion.write(out);
    }
    for (int j = 0; j < Blocks.SCALES; j++) {
      var partial = partials[j];
      if (partial == null || partial.number != blocks.number(j)) {
        out.put((byte) 0);
      } else {
        out.put((byte) partial.counts.length);
        for (long count : partial.counts) {
          VarLong.write(out, count);
        }
      }
    }
  }

  static Calibration read(ByteBuffer in, Blocks blocks) {
    var dispersions = new Dispersion[1 + Blocks.SCALES];
    for (int j = 0; j < dispersions.length; j++) {
      dispersions[j] = Dispersion.read(in);
    }
    var partials = new @Nullable Partial[Blocks.SCALES];
    for (int j = 0; j < Blocks.SCALES; j++) {
      int groups = in.get();
      if (groups != 0 && groups != blocks.exposures(j).length) {
        throw new IllegalArgumentException("a block has " + groups + " groups of pods, not "
            + blocks.exposures(j).length);
      }
      var counts = new long[groups];
      for (int g = 0; g < groups; g++) {
        counts[g] = VarLong.read(in);
      }
      partials[j] = groups == 0 ? null : new Partial(blocks.number(j), counts);
    }
    return new Calibration(dispersions, partials);
  }
}
