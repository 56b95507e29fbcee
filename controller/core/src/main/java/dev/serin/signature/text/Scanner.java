package dev.serin.signature.text;

import static dev.serin.signature.text.Characters.BACKSLASH;
import static dev.serin.signature.text.Characters.DOT;
import static dev.serin.signature.text.Characters.HEX;
import static dev.serin.signature.text.Characters.IN_WORD;
import static dev.serin.signature.text.Characters.SPACE;

/// Splits the bytes of a line into words and separators; [SingleWord] tells which words vary by their own bytes.
///
/// Every byte is read a bounded number of times. Not thread-safe.
final class Scanner {

  // Whatever adds tokens returns where to go on.

  private static final byte[] NOTHING = {};
  private static final int MAX_COLON_GROUPS = 64;
  private static final int GROUP_DIGITS = 4;

  private final Tokens tokens;
  private final SingleWord single;
  private byte[] text = NOTHING;
  private int limit;

  Scanner(Tokens tokens) {
    this.tokens = tokens;
    single = new SingleWord(tokens);
  }

  /// Backslashes right before a quote, from `from` on.
  static int escapes(byte[] text, int from, int quote) {
    int first = quote;
    while (first > from && text[first - 1] == '\\') {
      first--;
    }
    return quote - first;
  }

  /// Fills the tokens with the first 256 of `line[from, to)`.
  void scan(byte[] line, int from, int to) {
    text = line;
    limit = to;
    tokens.clear();
    int at = from;
    while (at < to && tokens.size < Tokens.MAX) {
      int first = Characters.of(line[at]);
      if ((first & IN_WORD) != 0) {
        at = word(at, first);
      } else if ((first & SPACE) != 0) {
        at++;
      } else {
        at = separator(at);
      }
    }
    text = NOTHING;
  }

  private int separator(int start) {
    byte c = text[start];
    if (c == '<' && peek(start + 1) == '*' && peek(start + 2) == '>') {
      return variable(start, start + 3);
    }
    if (c == ':' && peek(start + 1) == ':') {
      int end = colonGroup(start);
      if (end > start) {
        return variable(start, end);
      }
    }
    tokens.add(c, 0, start, start + 1);
    return start + 1;
  }

  private int variable(int start, int end) {
    tokens.add(Tokens.VARIABLE, 0, start, end);
    return end;
  }

  private int word(int start, int first) {
    byte[] line = text;
    int classes = first;
    int doubled = 0;
    int before = first;
    int end = start + 1;
    while (end < limit) {
      int here = Characters.of(line[end]);
      if ((here & IN_WORD) == 0) {
        break;
      }
      classes |= here;
      doubled |= here & before;
      before = here;
      end++;
    }
    if (((classes & BACKSLASH) | (doubled & DOT) | (before & DOT)) != 0) {
      return withStops(start, end, classes);
    }
    byte next = peek(end);
    if (next == ':' || next == '?') {
      int to = reference(start, end, classes);
      if (to > end) {
        return variable(start, to);
      }
    }
    single.add(line, start, end, limit, classes);
    return end;
  }

  /// A word with backslashes or dots that may not belong to it.
  private int withStops(int start, int whole, int classes) {
    int leader = leaderEnd(start);
    if (leader > start) {
      tokens.add('.', 0, start, start + 1);
      return leader;
    }
    int end = whole;
    if ((classes & BACKSLASH) != 0 && isEscape(end - 1)) {
      // JSON in a string reads as JSON.
      end -= escapes(text, start, end);
      if (end == start) {
        return whole;
      }
    }
    end = leaderStart(start, end);
    int last = end;
    while (last > start && text[last - 1] == '.') {
      last--;
    }
    int left = 0;
    for (int i = start; i < last; i++) {
      left |= Characters.of(text[i]);
    }
    int to = reference(start, end, left);
    if (to > end) {
      return variable(start, to);
    }
    if (last > start) {
      single.add(text, start, last, limit, left);
    }
    // Full stops glued to the end are tokens of their own.
    for (int i = last; i < end && tokens.size < Tokens.MAX; i++) {
      tokens.add('.', 0, i, i + 1);
    }
    return end;
  }

  /// End of an address of a network or device, of a URL, or of a path with its query; else `end`.
  private int reference(int start, int end, int classes) {
    byte next = peek(end);
    if (next == ':' && peek(end + 1) == '/' && peek(end + 2) == '/') {
      return until(end, true);
    }
    if (next == '?' && SingleWord.isPath(text, start, end, classes)) {
      return until(end, false);
    }
    return next == ':' && end - start <= GROUP_DIGITS ? Math.max(end, colonGroup(start)) : end;
  }

  /// End of two or more dots that lead the eye or leave words out, and are no part of a path; else `start`.
  private int leaderEnd(int start) {
    int end = start;
    while (end < limit && text[end] == '.') {
      end++;
    }
    byte after = peek(end);
    return end - start < 2 || after == '/' || (after == '\\' && !isEscape(end)) ? start : end;
  }

  /// Where the first leader within the word starts, or its end.
  private int leaderStart(int start, int end) {
    for (int i = start + 1; i + 1 < limit && i < end; i++) {
      if (text[i] == '.' && text[i + 1] == '.') {
        byte before = text[i - 1];
        if (before != '.' && before != '/' && before != '\\' && leaderEnd(i) > i) {
          return i;
        }
      }
    }
    return end;
  }

  private int until(int from, boolean brackets) {
    int end = from;
    while (end < limit && text[end] != '"' && text[end] != '\'' && (Characters.of(text[end]) & SPACE) == 0
        && !(brackets && (text[end] == '>' || text[end] == ')' || text[end] == ']'))) {
      end++;
    }
    return end;
  }

  /// End of four or more groups of one to four hex digits, or any with `::`: addresses of networks and hardware; else
  /// `start`.
  private int colonGroup(int start) {
    int end = start;
    int groups = 0;
    boolean gap = false;
    for (int i = 0; i < MAX_COLON_GROUPS; i++) {
      int digits = 0;
      while (digits <= GROUP_DIGITS && (Characters.of(peek(end)) & HEX) != 0) {
        digits++;
        end++;
      }
      if (digits > GROUP_DIGITS) {
        return start;
      }
      groups += digits > 0 ? 1 : 0;
      if (peek(end) != ':') {
        break;
      }
      if (peek(end + 1) == ':') {
        gap = true;
        end += 2;
      } else if (digits > 0 && (Characters.of(peek(end + 1)) & HEX) != 0) {
        end++;
      } else {
        break;
      }
    }
    return groups >= (gap ? 1 : GROUP_DIGITS) && endsWord(text, end, limit) ? end : start;
  }

  /// Whether no word goes on at `text[end]`, but for full stops.
  static boolean endsWord(byte[] text, int end, int limit) {
    int next = end;
    while (next < limit && text[next] == '.') {
      next++;
    }
    return next == limit || (Characters.of(text[next]) & IN_WORD) == 0 || isEscape(text, next, limit);
  }

  private boolean isEscape(int start) {
    return isEscape(text, start, limit);
  }

  /// Whether nothing but backslashes stands before the quote that comes next.
  private static boolean isEscape(byte[] text, int start, int limit) {
    int end = start;
    while (end < limit && text[end] == '\\') {
      end++;
    }
    return end > start && end < limit && text[end] == '"';
  }

  /// The byte there, or a space behind the end.
  private byte peek(int index) {
    return index < limit ? text[index] : (byte) ' ';
  }
}
