package dev.serin.signature.count;

import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.text.TemplateWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts lines by template: the children of one node of the tree.
///
/// A line whose template is known costs no allocation. With more templates than the limit the node folds for good: it
/// counts all lines together, so memory stays bounded and the total exact. Nothing is ever evicted. Not thread-safe.
public final class TemplateCounter {

  // Lines come from whoever can make the application log. A keyed hash keeps them from choosing one slot for all templates,
  // and the bytes are compared, so that a collision of hashes is no collision of templates.

  /// The answer for a line of a folded node.
  public static final int FOLDED = -1;

  private static final int MAX_TEMPLATE_BYTES = 512;
  private static final byte[] NOTHING = {};

  private final TemplateWriter writer = new TemplateWriter();
  private final SipHash hash;
  private final int limit;
  private final int[] slots;
  private long[] hashes;
  private long[] counts;
  private byte[][] templates;
  private int size;
  private long total;
  private boolean folded;

  /// @param hash
  ///          keyed by the installation; it never changes what is counted
  /// @param limit
  ///          most templates, 1 to 65,536
  public TemplateCounter(SipHash hash, int limit) {
    if (limit < 1 || limit > 1 << 16) {
      throw new IllegalArgumentException("limit must be 1..65536, was " + limit);
    }
    this.hash = hash;
    this.limit = limit;
    // At most half full: a look-up seldom meets a stranger.
    slots = new int[Math.max(16, Integer.highestOneBit(limit) * 4)];
    hashes = new long[limit];
    counts = new long[limit];
    templates = new byte[limit][];
  }

  /// Counts `line[from, to)`.
  ///
  /// @return number of its template, in order of appearance from 0, or [#FOLDED]
  public int count(byte[] line, int from, int to) {
    total++;
    if (folded) {
      return FOLDED;
    }
    int length = writer.write(line, from, to);
    byte[] template = writer.template();
    long key = hash.hash(template, 0, length);
    int mask = slots.length - 1;
    for (int slot = (int) key & mask;; slot = (slot + 1) & mask) {
      int number = slots[slot] - 1;
      if (number < 0) {
        return add(slot, key, template, length);
      }
      if (hashes[number] == key && isAt(number, template, length)) {
        counts[number]++;
        return number;
      }
    }
  }

  /// Lines counted so far, also after folding.
  public long total() {
    return total;
  }

  public boolean folded() {
    return folded;
  }

  /// Lines by template; empty once the node has folded.
  public SortedMap<String, Long> counts() {
    SortedMap<String, Long> result = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      result.merge(new String(templates[i], StandardCharsets.UTF_8), counts[i], Long::sum);
    }
    return result;
  }

  private int add(int slot, long key, byte[] template, int length) {
    if (size == limit) {
      folded = true;
      size = 0;
      hashes = new long[0];
      counts = new long[0];
      templates = new byte[][]{NOTHING};
      return FOLDED;
    }
    slots[slot] = size + 1;
    hashes[size] = key;
    counts[size] = 1;
    templates[size] = Arrays.copyOf(template, Math.min(length, MAX_TEMPLATE_BYTES));
    return size++;
  }

  /// Whether the template is the stored one. Longer ones are told apart by their hash beyond the cap.
  private boolean isAt(int number, byte[] template, int length) {
    byte[] stored = templates[number];
    int compared = Math.min(length, MAX_TEMPLATE_BYTES);
    return stored.length == compared && Arrays.equals(stored, 0, compared, template, 0, compared);
  }
}
