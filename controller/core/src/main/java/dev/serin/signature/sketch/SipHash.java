package dev.serin.signature.sketch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// SipHash (Aumasson and Bernstein, 2012): a keyed 64-bit hash whose collisions nobody can prepare without the key.
///
/// @param first
///          first half of the key
/// @param second
///          second half of the key
/// @param rounds
///          rounds per eight bytes; 2 with four at the end as published, or 1 with three, the faster variant that hash
///          tables use
public record SipHash(long first, long second, int rounds) {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  public SipHash {
    if (rounds != 1 && rounds != 2) {
      throw new IllegalArgumentException("SipHash has 1 or 2 rounds, not " + rounds);
    }
  }

  /// The fast variant, SipHash-1-3.
  public static SipHash fast(long first, long second) {
    return new SipHash(first, second, 1);
  }

  /// The hash of `bytes[from, to)`. Allocates nothing.
  public long hash(byte[] bytes, int from, int to) {
    long v0 = first ^ 0x736F6D6570736575L;
    long v1 = second ^ 0x646F72616E646F6DL;
    long v2 = first ^ 0x6C7967656E657261L;
    long v3 = second ^ 0x7465646279746573L;
    int at = from;
    int blocks = (to - from) / Long.BYTES;
    int last = rounds + 2;
    // Block `blocks` is the rest with the length on top; after it `last` rounds finish.
    for (int block = 0; block <= blocks + 1; block++) {
      boolean finish = block > blocks;
      long word = finish ? 0 : block < blocks ? (long) LONGS.get(bytes, at) : rest(bytes, at, to, to - from);
      at += Long.BYTES;
      v3 ^= word;
      v2 ^= finish ? 0xFF : 0;
      for (int i = finish ? last : rounds; i > 0; i--) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long rest(byte[] bytes, int from, int to, int length) {
    long rest = (long) length << 56;
    for (int i = from; i < to; i++) {
      rest |= (bytes[i] & 0xFFL) << (Byte.SIZE * (i - from));
    }
    return rest;
  }
}
