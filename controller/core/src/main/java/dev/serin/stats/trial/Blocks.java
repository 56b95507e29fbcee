package dev.serin.stats.trial;

import java.nio.ByteBuffer;
import java.util.List;

/// Blocks of windows that are being filled, of two lengths, over the same stable pods. Immutable.
///
/// Clusters that cross windows show in the scatter of longer blocks. A block counts only if the same pods stood through
/// it; more than 32 pods are taken together in 32 groups, which keeps what sticks to a pod in one group.
final class Blocks {

  static final int GROUPS = 32;

  /// Block lengths besides the single window.
  static final int SCALES = 2;

  /// Digest of the pods' names: their number knows no bound, a snapshot does.
  private final long pods;
  /// The names themselves, to know them again without a digest; empty after a snapshot was read.
  private final List<String> names;
  private final long[] number;
  private final int[] filled;
  private final double[][] exposures;

  private Blocks(long pods, List<String> names, long[] number, int[] filled, double[][] exposures) {
    this.pods = pods;
    this.names = names;
    this.number = number;
    this.filled = filled;
    this.exposures = exposures;
  }

  static Blocks empty() {
    return new Blocks(0, List.of(), new long[SCALES], new int[SCALES], new double[SCALES][0]);
  }

  /// Adds a window.
  ///
  /// @param now
  ///          names of the stable pods, in order
  /// @param groupExposures
  ///          by group
  Blocks after(List<String> now, double[] groupExposures) {
    long digest = !names.isEmpty() && names.equals(now) ? pods : digest(now);
    boolean same = digest == pods;
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
    return new Blocks(digest, now, nextNumber, nextFilled, nextExposures);
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
    return new Blocks(pods, names, number, left, exposures);
  }

  /// Number of the block that is being filled.
  long number(int scale) {
    return number[scale];
  }

  /// Exposure in it so far, by group.
  double[] exposures(int scale) {
    return exposures[scale];
  }

  /// FNV-1a of the names.
  private static long digest(List<String> names) {
    long hash = 0xcbf29ce484222325L;
    for (var name : names) {
      for (int i = 0; i < name.length(); i++) {
        hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ '/') * 0x100000001b3L;
    }
    return hash;
  }

  static int groups(int pods) {
    return Math.min(pods, GROUPS);
  }

  void write(ByteBuffer out) {
    out.putLong(pods);
    for (int j = 0; j < SCALES; j++) {
      out.putLong(number[j]).putInt(filled[j]).putInt(exposures[j].length);
      for (double exposure : exposures[j]) {
        out.putDouble(exposure);
      }
    }
  }

  static Blocks read(ByteBuffer in) {
    long pods = in.getLong();
    var number = new long[SCALES];
    var filled = new int[SCALES];
    var exposures = new double[SCALES][];
    for (int j = 0; j < SCALES; j++) {
      number[j] = in.getLong();
      filled[j] = in.getInt();
      exposures[j] = new double[checkedGroups(in.getInt())];
      for (int g = 0; g < exposures[j].length; g++) {
        exposures[j][g] = in.getDouble();
      }
    }
    return new Blocks(pods, List.of(), number, filled, exposures);
  }

  private static int checkedGroups(int groups) {
    if (groups < 0 || groups > GROUPS) {
      throw new IllegalArgumentException("groups of pods must be 0..32, were " + groups);
    }
    return groups;
  }
}
