package dev.serin.signature.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes the masked template of one line after the other into a buffer of its own. Not thread-safe.
///
/// No call allocates, once the buffer has grown to the longest line's size.
public final class TemplateWriter {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 2 * Long.BYTES;
  private static final int FIRST = 256;
  private static final int NONE = -1;

  private final Tokens tokens = new Tokens();
  private final Scanner scanner = new Scanner(tokens);
  private final Context context = new Context(tokens);
  private final Reduction reduction = new Reduction(tokens);
  private byte[] template = new byte[FIRST];
  private int length;

  /// Canonicalises `line[from, to)`.
  ///
  /// @return the template's length in bytes
  public int write(byte[] line, int from, int to) {
    scanner.scan(line, from, to);
    context.apply(line, from, to);
    reduction.apply();
    render(line, to - from);
    return length;
  }

  /// The template: the first [#length] bytes, until the next call of [#write]. Those behind them are raw text: never to be
  /// read or kept.
  public byte[] template() {
    return template;
  }

  public int length() {
    return length;
  }

  /// The template as text.
  public String text() {
    return new String(template, 0, length, StandardCharsets.UTF_8);
  }

  /// Steps 6 and 7: neighbouring variables, also with punctuation between them, are one; punctuation at the end is dropped.
  private void render(byte[] line, int lineLength) {
    // A token adds a space, and a variable at most two bytes to the one at least that it stands for. The last copy writes a
    // block, however short its token is.
    int most = lineLength + tokens.size * (1 + Canonicaliser.VARIABLE.length()) + BLOCK;
    if (template.length < most) {
      template = new byte[Math.max(most, 2 * template.length)];
    }
    int to = 0;
    int end = 0;
    // Where the last variable ended, while only what joins two of them has followed.
    int joint = NONE;
    for (int i = 0; i < tokens.size; i++) {
      int roles = tokens.roles(i);
      if ((roles & Roles.VARIABLE) == 0) {
        to = copy(line, tokens.start(i), tokens.end(i), to);
        joint = (roles & Roles.JOINS) == 0 ? NONE : joint;
      } else if (joint == NONE) {
        template[to] = '<';
        template[to + 1] = '*';
        template[to + 2] = '>';
        to += Canonicaliser.VARIABLE.length();
        joint = to;
      } else {
        to = joint;
      }
      end = (roles & Roles.STOPS) == 0 ? to : end;
      template[to++] = ' ';
    }
    length = end;
  }

  /// Copies sixteen bytes, also those behind the token's end, which the next one overwrites or which lie behind the template:
  /// words are too short for a loop that ends at the right byte.
  private int copy(byte[] line, int start, int end, int to) {
    int size = end - start;
    if (size > BLOCK || start + BLOCK > line.length) {
      System.arraycopy(line, start, template, to, size);
    } else {
      LONGS.set(template, to, (long) LONGS.get(line, start));
      LONGS.set(template, to + Long.BYTES, (long) LONGS.get(line, start + Long.BYTES));
    }
    return to + size;
  }
}
