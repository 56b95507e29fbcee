package dev.serin.operator.source;

import dev.serin.signature.record.LogLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts the body of a `pods/log` answer (`timestamps=true`) into lines, in bounded memory whatever is sent.
final class LogLineReader implements Closeable {

  /// Bytes kept of one line.
  static final int LINE_LIMIT = 64 * 1024;
  // Go prints at most 35 characters: 2006-01-02T15:04:05.999999999+07:00.
  private static final int STAMP_LIMIT = 35;

  private final InputStream body;
  private final SourceMeter meter;
  private final Runnable onClose;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int filled;
  private long bytes;
  private byte[] line = new byte[512];
  private int length;
  private @Nullable Instant newest;

  LogLineReader(InputStream body, SourceMeter meter, Runnable onClose) {
    this.body = body;
    this.meter = meter;
    this.onClose = onClose;
  }

  /// The next line, empty at the end of the body. A line without a timestamp is the rest of the line before and gets its time;
  /// before the first timestamp such lines are skipped.
  Optional<LogLine> next() throws IOException {
    while (readLine()) {
      String text = new String(line, 0, length, StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      Instant stamp = stamp(space < 0 ? text : text.substring(0, space));
      if (stamp != null) {
        newest = stamp;
        return Optional.of(new LogLine(stamp, space < 0 ? "" : text.substring(space + 1)));
      }
      if (newest != null) {
        return Optional.of(new LogLine(newest, text));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } finally {
      onClose.run();
    }
  }

  /// Bytes of the body read so far.
  long bytes() {
    return bytes;
  }

  private boolean readLine() throws IOException {
    length = 0;
    boolean truncated = false;
    int read = nextByte();
    if (read < 0) {
      return false;
    }
    for (; read >= 0 && read != '\n'; read = nextByte()) {
      if (length < LINE_LIMIT) {
        append((byte) read);
      } else {
        truncated = true;
      }
    }
    if (truncated) {
      meter.lineTruncated();
    }
    meter.line(length);
    return true;
  }

  private void append(byte value) {
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(LINE_LIMIT, 2 * line.length));
    }
    line[length++] = value;
  }

  private int nextByte() throws IOException {
    if (position == filled) {
      filled = body.read(buffer);
      position = 0;
      bytes += Math.max(0, filled);
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xff;
  }

  private static @Nullable Instant stamp(String text) {
    // Checked first: an exception per line of a foreign format would cost more than everything else.
    if (text.length() > STAMP_LIMIT || text.length() < 20 || text.charAt(10) != 'T') {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
