package dev.serin.cli.judge;

import dev.serin.cli.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream of bytes into lines, without reading ahead more than one buffer.
final class LineSplitter {

  static final int MAX_LENGTH = 16 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private int length;
  private long number;

  LineSplitter(InputStream in) {
    this.in = in;
  }

  /// Goes to the next line that is not blank.
  ///
  /// @return whether there is one
  /// @throws InputException
  ///           for a line longer than 16 MiB
  boolean next() throws IOException {
    while (advance()) {
      if (!blank()) {
        return true;
      }
    }
    return false;
  }

  /// Number of the line, from 1; blank lines count.
  long number() {
    return number;
  }

  /// Holds the line, from [#offset] and [#length] bytes long, until the next one.
  byte[] bytes() {
    return buffer;
  }

  int offset() {
    return start - length - 1;
  }

  int length() {
    return length;
  }

  private boolean advance() throws IOException {
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          return line(i);
        }
      }
      scanned = end;
      if (end - start > MAX_LENGTH) {
        throw new InputException("line " + (number + 1) + " is longer than 16 MiB: is this NDJSON?");
      }
      int moved = makeRoom();
      scanned -= moved;
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return end > start && line(end);
      }
      end += read;
    }
  }

  private boolean line(int newline) {
    length = newline - start;
    start = newline + 1;
    number++;
    return true;
  }

  /// @return by how much the bytes have moved towards the begin
  private int makeRoom() {
    if (start >= end) {
      // What was read is used up; the last line may have ended without a line break.
      int moved = end;
      start = 0;
      end = 0;
      return moved;
    }
    if (end < buffer.length) {
      return 0;
    }
    int moved = start;
    if (moved > buffer.length / 2) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
    } else {
      buffer = Arrays.copyOfRange(buffer, start, start + Math.max(buffer.length * 2, 1 << 16));
    }
    end -= moved;
    start = 0;
    return moved;
  }

  private boolean blank() {
    for (int i = offset(); i < offset() + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
