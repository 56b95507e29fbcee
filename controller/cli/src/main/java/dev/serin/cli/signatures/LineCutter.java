package dev.serin.cli.signatures;

import dev.serin.signature.record.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts bytes into lines of UTF-8; what is no UTF-8 becomes U+FFFD.
///
/// Of an endless line only the head and the tail are kept, more than [LogLine] keeps of them.
final class LineCutter {

  // Three bytes are one character at most, so the head alone makes the text too long to be kept whole.
  private static final int HEAD = 4 * LogLine.MAX_LENGTH;
  private static final int TAIL = 1 << 12;
  private static final int CAPACITY = 2 * HEAD;

  private final byte[] line = new byte[CAPACITY];
  private int length;

  private LineCutter() {}

  static void cut(InputStream in, Consumer<String> lines) throws IOException {
    new LineCutter().run(in, lines);
  }

  private void run(InputStream in, Consumer<String> lines) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        int start = 0;
        for (int i = 0; i < read; i++) {
          if (chunk[i] == '\n') {
            append(chunk, start, i);
            lines.accept(take());
            start = i + 1;
          }
        }
        append(chunk, start, read);
      }
    } finally {
      // Also of a stream that was cut off: what was read of the last line counts.
      if (length > 0) {
        lines.accept(take());
      }
    }
  }

  private void append(byte[] chunk, int from, int to) {
    int size = to - from;
    if (length + size > CAPACITY) {
      System.arraycopy(line, length - TAIL, line, HEAD, TAIL);
      length = HEAD + TAIL;
    }
    System.arraycopy(chunk, from, line, length, size);
    length += size;
  }

  private String take() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }
}
