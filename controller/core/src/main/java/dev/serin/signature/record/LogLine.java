package dev.serin.signature.record;

import java.time.Instant;

/// One line that a container wrote.
///
/// Text of more than [#MAX_LENGTH] characters keeps its first 8,192 and its last 1,024; carriage returns and ANSI
/// colours
/// are stripped. So every later step works on bounded, plain text.
///
/// @param time
///          the container runtime's timestamp, never the application's
/// @param text
///          the line without its end, possibly empty
/// @param partial
///          whether the runtime cut it, so that it goes on with the next one
/// @param truncated
///          whether its middle was left out
public record LogLine(Instant time, String text, boolean partial, boolean truncated) {

  /// Longest text that is kept whole, in characters.
  public static final int MAX_LENGTH = 65_536;

  private static final int HEAD = 8_192;
  private static final int TAIL = 1_024;
  private static final char ESCAPE = '\u001b';

  public LogLine {
    if (text.length() > MAX_LENGTH) {
      truncated = true;
      text = text.substring(0, HEAD) + " " + text.substring(text.length() - TAIL);
    }
    if (text.indexOf('\r') >= 0 || text.indexOf(ESCAPE) >= 0) {
      text = plain(text);
    }
  }

  /// A line that is whole, or was if it is not longer than what is kept.
  public LogLine(Instant time, String text) {
    this(time, text, false, false);
  }

  private static String plain(String text) {
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESCAPE && i + 1 < text.length() && text.charAt(i + 1) == '[') {
        i += 2;
        // Parameters of a control sequence are 0x20..0x3F; the byte after them ends it.
        while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x3F) {
          i++;
        }
      } else if (c != '\r' && c != ESCAPE) {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
