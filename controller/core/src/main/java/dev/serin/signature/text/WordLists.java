package dev.serin.signature.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tells which lists hold a word.
final class WordLists {

  // A word of at most 16 bytes is two numbers: its first and its last eight bytes, in lower case. So a look-up reads no
  // text and allocates nothing. Setting bit 5 lowers letters and moves no other byte of a word onto one of a list.

  static final int KEEP = WordList.KEEP.bit;
  static final int UNIT = WordList.UNIT.bit;
  static final int CALENDAR = WordList.CALENDAR.bit;
  static final int DOMAIN = WordList.DOMAIN.bit;
  static final int DOUBTFUL_DOMAIN = WordList.DOUBTFUL_DOMAIN.bit;
  static final int TENANT = WordList.TENANT.bit;
  static final int SECRET = WordList.SECRET.bit;
  static final int CREDENTIAL = WordList.CREDENTIAL.bit;
  static final int SCHEME = WordList.SCHEME.bit;
  static final int BETWEEN = WordList.BETWEEN.bit;
  static final int STATUS = WordList.STATUS.bit;

  static final int LONGEST = 16;

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWER_CASE = 0x2020202020202020L;
  private static final int SLOTS = 1 << 11;
  private static final long[] FIRST = new long[SLOTS];
  private static final long[] LAST = new long[SLOTS];
  private static final int[] LISTS = new int[SLOTS];
  private static final boolean[] SECRET_ENDINGS = new boolean[1 << 10];

  static {
    for (var list : WordList.values()) {
      add(list);
    }
    for (var list : List.of(WordList.SECRET, WordList.CREDENTIAL)) {
      for (var word : list.words) {
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        SECRET_ENDINGS[ending(bytes, bytes.length)] = true;
      }
    }
  }

  private WordLists() {}

  /// The lists that hold a word, as bits; none for one of more than [#LONGEST] bytes.
  static int of(byte[] text, int start, int end) {
    int length = end - start;
    if (length > LONGEST) {
      return 0;
    }
    long first = firstBytes(text, start, end);
    long last = length > Long.BYTES ? lastBytes(text, end) : 0;
    for (int slot = slot(first, last);; slot = (slot + 1) & (SLOTS - 1)) {
      if (FIRST[slot] == first && LAST[slot] == last) {
        return LISTS[slot];
      }
      if (FIRST[slot] == 0) {
        return 0;
      }
    }
  }

  /// Whether a word of the lists [#SECRET] and [#CREDENTIAL] may end here, by its last two letters: false for most, at
  /// little cost.
  ///
  /// @param end
  ///          2 or more
  static boolean mayEndSecret(byte[] text, int end) {
    return SECRET_ENDINGS[ending(text, end)];
  }

  /// Letters have their lower five bits for themselves, in either case.
  private static int ending(byte[] text, int end) {
    return (text[end - 2] & 0x1F) << 5 | (text[end - 1] & 0x1F);
  }

  private static long firstBytes(byte[] text, int start, int end) {
    int length = Math.min(end - start, Long.BYTES);
    if (start + Long.BYTES <= text.length) {
      return ((long) LONGS.get(text, start) | LOWER_CASE) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
    }
    long bytes = 0;
    for (int i = 0; i < length; i++) {
      bytes |= ((text[start + i] & 0xFFL) | 0x20) << (Byte.SIZE * i);
    }
    return bytes;
  }

  private static long lastBytes(byte[] text, int end) {
    return (long) LONGS.get(text, end - Long.BYTES) | LOWER_CASE;
  }

  private static int slot(long first, long last) {
    return (int) ((first * 0x9E3779B97F4A7C15L ^ last * 0xC2B2AE3D27D4EB4FL) >>> 53);
  }

  private static void add(WordList list) {
    for (var word : list.words) {
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      long first = firstBytes(bytes, 0, bytes.length);
      long last = bytes.length > Long.BYTES ? lastBytes(bytes, bytes.length) : 0;
      int slot = slot(first, last);
      while (FIRST[slot] != 0 && (FIRST[slot] != first || LAST[slot] != last)) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      FIRST[slot] = first;
      LAST[slot] = last;
      LISTS[slot] |= list.bit;
    }
  }
}
