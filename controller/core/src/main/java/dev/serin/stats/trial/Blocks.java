package dev.serin.stats.trial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Blocks of windows that are being filled, of two lengths, over the same stable pods. Immutable.
///
/// Clusters that cross windows show in the scatter of longer blocks. A block counts only if the same pods stood through
/// it; more than 32 pods are taken together in 32 groups, which keeps what sticks to a pod in one group.
final class Blocks {

  static final int GROUPS = 32;

  /// Block lengths besides the single window.
  static final int SCALES = 2;

  private final List<String> pods;
  private final long[] number;
  private final int[] filled;
  private final double[][] exposures;

  private Blocks(List<String> pods, long[] number, int[] filled, double[][] exposures) {
    this.pods = pods;
    this.number = number;
    this.filled = filled;
    this.exposures = exposures;
  }

  static Blocks empty() {
    return new Blocks(List.of(), new long[SCALES], new int[SCALES], new double[SCALES][0]);
  }

  /// Adds a window.
  ///
  /// @param now
  ///          names of the stable pods, in order
  /// @param groupExposures
  ///          by group
  Blocks after(List<String> now, double[] groupExposures) {
    boolean same = now.equals(pods);
    var nextNumber = number.clone();
    var nextFilled = new int[SCALES];
    var nextExposures = new double[SCALES][];
    for (int j = 0; j < SCALES; j++) {
      boolean goesOn = same && filled[j] > 0;
      nextNumber[j] += goesOn ? 0 : 1;
      nextFilled[j] = goesOn ? filled[j] + 1 : 1;
      nextExposures[j] = groupExposures.clone();
      for (int g = 0; goesOn && g < groupExposures.length; g++) {
        nextExposures[j][g] += exposures[j][g];
      }
    }
    return new Blocks(same ? pods : List.copyOf(now), nextNumber, nextFilled, nextExposures);
  }

  /// Whether the block of a scale is complete.
  boolean full(int scale, int length) {
    return filled[scale] >= length;
  }

  /// The next window begins new blocks where they are full.
  Blocks closed(int[] lengths) {
    var left = filled.clone();
    for (int j = 0; j < SCALES; j++) {
      left[j] = full(j, lengths[j]) ? 0 : left[j];
    }
    return new Blocks(pods, number, left, exposures);
  }

  /// Number of the block that is being filled.
  long number(int scale) {
    return number[scale];
  }

  /// Exposure in it so far, by group.
  double[] exposures(int scale) {
    return exposures[scale];
  }

  static int groups(int pods) {
    return Math.min(pods, GROUPS);
  }

  void write(ByteBuffer out) {
    out.putInt(pods.size());
    for (var pod : pods) {
      var name = pod.getBytes(StandardCharsets.UTF_8);
      out.putInt(name.length).put(name);
    }
    for (int j = 0; j < SCALES; j++) {
      out.putLong(number[j]).putInt(filled[j]).putInt(exposures[j].length);
      for (double exposure : exposures[j]) {
        out.putDouble(exposure);
      }
    }
  }

  static Blocks read(ByteBuffer in) {
    var pods = new ArrayList<String>();
    for (int left = checkedSize(in.getInt(), in); left > 0; left--) {
      var name = new byte[checkedSize(in.getInt(), in)];
      in.get(name);
      pods.add(new String(name, StandardCharsets.UTF_8));
    }
    var number = new long[SCALES];
    var filled = new int[SCALES];
    var exposures = new double[SCALES][];
    for (int j = 0; j < SCALES; j++) {
      number[j] = in.getLong();
      filled[j] = in.getInt();
      exposures[j] = new double[checkedSize(in.getInt(), in)];
      for (int g = 0; g < exposures[j].length; g++) {
        exposures[j][g] = in.getDouble();
      }
    }
    return new Blocks(List.copyOf(pods), number, filled, exposures);
  }

  static int checkedSize(int size, ByteBuffer in) {
    if (size < 0 || size > in.remaining()) {
      throw new IllegalArgumentException("a size is impossible: " + size);
    }
    return size;
  }
}
