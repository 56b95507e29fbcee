package dev.serin.signature.text;

import static dev.serin.signature.text.Characters.AT;
import static dev.serin.signature.text.Characters.BACKSLASH;
import static dev.serin.signature.text.Characters.DASH;
import static dev.serin.signature.text.Characters.DIGIT;
import static dev.serin.signature.text.Characters.DOT;
import static dev.serin.signature.text.Characters.HEX;
import static dev.serin.signature.text.Characters.IN_WORD;
import static dev.serin.signature.text.Characters.LETTER;
import static dev.serin.signature.text.Characters.LOWER;
import static dev.serin.signature.text.Characters.ODD;
import static dev.serin.signature.text.Characters.SLASH;
import static dev.serin.signature.text.Characters.SPACE;
import static dev.serin.signature.text.Characters.UPPER;

/// Splits the bytes of a line into words and separators and finds what varies by its own bytes.
///
/// Every byte is read a bounded number of times. Not thread-safe.
final class Scanner {

  private static final byte[] NOTHING = {};
  private static final int MAX_COLON_GROUPS = 64;
  private static final int GROUP_DIGITS = 4;
  private static final int SHORTEST_UNC = 4;
  private static final int SHORTEST_SECRET = 20;
  private static final int LETTERS_PER_HUMP = 5;
  private static final int SHORTEST_HOST = 3;
  private static final int LONGEST_PORT = 5;
  private static final int LONGEST_ENDING = 12;
  private static final int STATUS_DIGITS = 3;

  private final Tokens tokens;
  private byte[] text = NOTHING;
  private int limit;
  private int at;

  Scanner(Tokens tokens) {
    this.tokens = tokens;
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
    at = from;
    tokens.clear();
    while (at < limit && tokens.size < Tokens.MAX) {
      int first = Characters.of(line[at]);
      if ((first & SPACE) != 0) {
        at++;
      } else if ((first & IN_WORD) == 0) {
        separator();
      } else if ((first & HEX) == 0 || !colonGroup(at)) {
        word(first);
      }
    }
    text = NOTHING;
  }

  private void separator() {
    byte c = text[at];
    if (c == '<' && peek(at + 1) == '*' && peek(at + 2) == '>') {
      variableTo(at + 3);
    } else if (c != ':' || peek(at + 1) != ':' || !colonGroup(at)) {
      tokens.add(c, 0, at, at + 1);
      at++;
    }
  }

  private void word(int first) {
    int start = at;
    if ((first & DOT) != 0) {
      int leader = leaderEnd(start);
      if (leader > start) {
        tokens.add('.', 0, start, start + 1);
        at = leader;
        return;
      }
    }
    int classes = first;
    int end = start + 1;
    while (end < limit) {
      int here = Characters.of(text[end]);
      if ((here & IN_WORD) == 0) {
        break;
      }
      classes |= here;
      end++;
    }
    if ((classes & BACKSLASH) != 0 && isEscape(end - 1)) {
      int quote = end;
      // JSON in a string reads as JSON.
      end -= escapes(text, start, end);
      if (end == start) {
        at = quote;
        return;
      }
      classes = classes(start, end) | (Characters.of(text[end - 1]) & DOT);
    }
    if ((classes & DOT) != 0) {
      int shorter = leaderStart(start, end);
      // Most dotted words are whole and end in a letter: reading them once more would say nothing new.
      if (shorter < end || text[end - 1] == '.') {
        end = shorter;
        classes = classes(start, end);
      }
    }
    if (!reference(start, end, classes)) {
      parts(start, end, classes);
    }
  }

  /// The classes of all bytes together, without the dots at the end.
  private int classes(int start, int end) {
    int classes = 0;
    int last = withoutStops(start, end);
    for (int i = start; i < last; i++) {
      classes |= Characters.of(text[i]);
    }
    return classes;
  }

  private int withoutStops(int start, int end) {
    int last = end;
    while (last > start && text[last - 1] == '.') {
      last--;
    }
    return last;
  }

  /// Moves over a URL, or a path with its query.
  private boolean reference(int start, int end, int classes) {
    byte next = peek(end);
    if (next == ':' && peek(end + 1) == '/' && peek(end + 2) == '/') {
      variableTo(until(end, true));
      return true;
    }
    if (next == '?' && isPath(start, end, classes)) {
      variableTo(until(end, false));
      return true;
    }
    return false;
  }

  /// A word without the full stops glued to its end, which are tokens of their own.
  private void parts(int start, int end, int classes) {
    int last = withoutStops(start, end);
    if (last > start) {
      add(start, last, classes);
    }
    for (int i = last; i < end && tokens.size < Tokens.MAX; i++) {
      tokens.add('.', 0, i, i + 1);
    }
    at = end;
  }

  private void add(int start, int end, int classes) {
    if ((classes & DIGIT) != 0) {
      tokens.add(Tokens.VARIABLE, numberLists(start, end) | credential(start, end, classes), start, end);
    } else if (varies(start, end, classes)) {
      tokens.add(Tokens.VARIABLE, 0, start, end);
    } else if (end - start == 1 && (classes & LETTER) == 0) {
      tokens.add(text[start], text[start] == '%' ? WordLists.UNIT : 0, start, end);
    } else {
      int lists = WordLists.of(text, start, end);
      tokens.add(Tokens.WORD, lists | credential(start, end, classes), start, end);
    }
  }

  /// Whether the word's last part or its last two say that a secret follows, as those of `X-Auth-Token`, `db.password`
  /// and `awsSecretKey` do.
  private int credential(int start, int end, int classes) {
    boolean compound = (classes & (DASH | DOT)) != 0 || (classes & (LOWER | UPPER)) == (LOWER | UPPER);
    return compound && WordLists.mayEndSecret(text, end) && endsInSecret(start, end) ? WordLists.CREDENTIAL : 0;
  }

  private boolean endsInSecret(int start, int end) {
    int last = partStart(start, end);
    if (last == start) {
      return false;
    }
    int both = partStart(start, (Characters.of(text[last - 1]) & LETTER) == 0 ? last - 1 : last);
    int lists = WordLists.of(text, last, end) | WordLists.of(text, both, end);
    return (lists & (WordLists.SECRET | WordLists.CREDENTIAL)) != 0;
  }

  /// Where the last part of a word starts: behind a dash, underscore or dot, or at a capital beside a small letter.
  private int partStart(int start, int end) {
    for (int i = end - 1; i > start; i--) {
      int before = Characters.of(text[i - 1]);
      int after = i + 1 < end ? Characters.of(text[i + 1]) : 0;
      boolean hump = (Characters.of(text[i]) & UPPER) != 0 && ((before | after) & LOWER) != 0;
      if (hump || (before & (DASH | DOT)) != 0) {
        return i;
      }
    }
    return start;
  }

  private int numberLists(int start, int end) {
    if (end - start == STATUS_DIGITS && (text[start] == '4' || text[start] == '5')
        && (Characters.of(text[start + 1]) & Characters.of(text[start + 2]) & DIGIT) != 0) {
      return Tokens.STATUS_NUMBER;
    }
    boolean version = end - start > 5 && (text[start] | 0x20) == 'h' && (text[start + 1] | 0x20) == 't'
        && (text[start + 2] | 0x20) == 't' && (text[start + 3] | 0x20) == 'p' && text[start + 4] == '/'
        && (Characters.of(text[start + 5]) & DIGIT) != 0;
    return version ? Tokens.HTTP_VERSION : 0;
  }

  private boolean varies(int start, int end, int classes) {
    if ((classes & (DOT | SLASH | BACKSLASH)) != 0) {
      boolean mail = (classes & AT) != 0 && (classes & DOT) != 0 && (classes & LETTER) != 0;
      boolean unc = (classes & BACKSLASH) != 0 && end - start >= SHORTEST_UNC;
      if (mail || unc || isPath(start, end, classes) || isHost(start, end, classes)) {
        return true;
      }
    }
    return (end - start >= SHORTEST_SECRET && isSecret(start, end)) || isEndpoint(start, end, classes);
  }

  /// `/srv/app`, `./app`, `../app` or `~/app`.
  private boolean isPath(int start, int end, int classes) {
    if ((classes & LETTER) == 0 || (classes & SLASH) == 0) {
      return false;
    }
    byte second = start + 1 < end ? text[start + 1] : 0;
    byte third = start + 2 < end ? text[start + 2] : 0;
    return switch (text[start]) {
      case '/' -> true;
      case '~' -> second == '/';
      case '.' -> second == '/' || (second == '.' && third == '/');
      default -> false;
    };
  }

  /// A dotted name with a domain ending. A following bracket makes it a call.
  private boolean isHost(int start, int end, int classes) {
    if ((classes & DOT) == 0 || (classes & (SLASH | AT | BACKSLASH | ODD)) != 0 || peek(end) == '(') {
      return false;
    }
    int dot = end - 1;
    while (dot > start && text[dot] != '.' && end - dot <= LONGEST_ENDING) {
      dot--;
    }
    if (text[dot] != '.') {
      return false;
    }
    int ending = WordLists.of(text, dot + 1, end);
    if ((ending & WordLists.DOUBTFUL_DOMAIN) == 0) {
      return (ending & WordLists.DOMAIN) != 0;
    }
    int other = dot - 1;
    while (other >= start && text[other] != '.') {
      other--;
    }
    return other >= start;
  }

  /// A token or key: it changes between lower and upper case more often than words do, or begins as JWTs do.
  private boolean isSecret(int start, int end) {
    if (text[start] == 'e' && text[start + 1] == 'y' && text[start + 2] == 'J') {
      return true;
    }
    int humps = 0;
    int before = 0;
    for (int i = start; i < end; i++) {
      int here = Characters.of(text[i]);
      humps += (before & LOWER) != 0 && (here & UPPER) != 0 ? 1 : 0;
      before = here;
    }
    return humps * LETTERS_PER_HUMP >= end - start && !Dictionary.contains(text, start, end);
  }

  /// A name that is no word, before a colon and a port.
  private boolean isEndpoint(int start, int end, int classes) {
    if (peek(end) != ':' || end - start < SHORTEST_HOST || (classes & LETTER) == 0) {
      return false;
    }
    int port = end + 1;
    while (port < limit && port <= end + LONGEST_PORT + 1 && (Characters.of(text[port]) & DIGIT) != 0) {
      port++;
    }
    int digits = port - end - 1;
    return digits >= 2 && digits <= LONGEST_PORT && endsWord(port) && !Dictionary.contains(text, start, end);
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

  private void variableTo(int end) {
    tokens.add(Tokens.VARIABLE, 0, at, end);
    at = end;
  }

  private int until(int from, boolean brackets) {
    int end = from;
    while (end < limit && text[end] != '"' && text[end] != '\'' && (Characters.of(text[end]) & SPACE) == 0
        && !(brackets && (text[end] == '>' || text[end] == ')' || text[end] == ']'))) {
      end++;
    }
    return end;
  }

  /// Moves over four or more groups of one to four hex digits, or any with `::`: addresses of networks and hardware.
  private boolean colonGroup(int start) {
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
        return false;
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
    if (groups < (gap ? 1 : GROUP_DIGITS)) {
      return false;
    }
    if (!endsWord(end)) {
      return false;
    }
    variableTo(end);
    return true;
  }

  /// Whether no word goes on here, but for full stops.
  private boolean endsWord(int end) {
    int next = end;
    while (peek(next) == '.') {
      next++;
    }
    return (Characters.of(peek(next)) & IN_WORD) == 0 || isEscape(next);
  }

  /// Whether nothing but backslashes stands before the quote that comes next.
  private boolean isEscape(int start) {
    int end = start;
    while (peek(end) == '\\') {
      end++;
    }
    return end > start && peek(end) == '"';
  }

  /// The byte there, or a space behind the end.
  private byte peek(int index) {
    return index < limit ? text[index] : (byte) ' ';
  }
}
