package dev.serin.stats.trial;

import java.nio.ByteBuffer;

/// Whole numbers of at least 0 in as few bytes as they need, seven bits each, the lowest first.
final class VarLong {

  private VarLong() {}

  static void write(ByteBuffer out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  static long read(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has too many digits");
  }
}
