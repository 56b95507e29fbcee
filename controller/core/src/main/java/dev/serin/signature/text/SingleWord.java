package dev.serin.signature.text;

import static dev.serin.signature.text.Characters.AT;
import static dev.serin.signature.text.Characters.BACKSLASH;
import static dev.serin.signature.text.Characters.DASH;
import static dev.serin.signature.text.Characters.DIGIT;
import static dev.serin.signature.text.Characters.DOT;
import static dev.serin.signature.text.Characters.LETTER;
import static dev.serin.signature.text.Characters.LOWER;
import static dev.serin.signature.text.Characters.ODD;
import static dev.serin.signature.text.Characters.SLASH;
import static dev.serin.signature.text.Characters.UPPER;

/// Tells by a word's own bytes whether it varies: numbers, hosts, paths, keys.
final class SingleWord {

  private static final int SHORTEST_UNC = 4;
  private static final int SHORTEST_SECRET = 20;
  private static final int LETTERS_PER_HUMP = 5;
  private static final int SHORTEST_HOST = 3;
  private static final int LONGEST_PORT = 5;
  private static final int LONGEST_ENDING = 12;
  private static final int STATUS_DIGITS = 3;

  private final Tokens tokens;

  SingleWord(Tokens tokens) {
    this.tokens = tokens;
  }

  /// Adds the word in `text[start, end)` as a token.
  ///
  /// @param limit
  ///          end of the line, behind the word
  /// @param classes
  ///          of all its bytes
  void add(byte[] text, int start, int end, int limit, int classes) {
    if ((classes & DIGIT) != 0) {
      tokens.add(Tokens.VARIABLE, numberLists(text, start, end) | credential(text, start, end, classes), start, end);
    } else if (varies(text, start, end, limit, classes)) {
      tokens.add(Tokens.VARIABLE, 0, start, end);
    } else if (end - start == 1 && (classes & LETTER) == 0) {
      tokens.add(text[start], text[start] == '%' ? WordLists.UNIT : 0, start, end);
    } else {
      int lists = WordLists.of(text, start, end);
      tokens.add(Tokens.WORD, lists | credential(text, start, end, classes), start, end);
    }
  }

  /// Whether the word's last part or its last two say that a secret follows, as those of `X-Auth-Token`, `db.password`
  /// and `awsSecretKey` do.
  private static int credential(byte[] text, int start, int end, int classes) {
    boolean compound = (classes & (DASH | DOT)) != 0 || (classes & (LOWER | UPPER)) == (LOWER | UPPER);
    return compound && WordLists.mayEndSecret(text, end) && endsInSecret(text, start, end) ? WordLists.CREDENTIAL : 0;
  }

  private static boolean endsInSecret(byte[] text, int start, int end) {
    int last = partStart(text, start, end);
    if (last == start) {
      return false;
    }
    int both = partStart(text, start, (Characters.of(text[last - 1]) & LETTER) == 0 ? last - 1 : last);
    int lists = WordLists.of(text, last, end) | WordLists.of(text, both, end);
    return (lists & (WordLists.SECRET | WordLists.CREDENTIAL)) != 0;
  }

  /// Where the last part of a word starts: behind a dash, underscore or dot, or at a capital beside a small letter.
  private static int partStart(byte[] text, int start, int end) {
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

  private static int numberLists(byte[] text, int start, int end) {
    if (end - start == STATUS_DIGITS && (text[start] == '4' || text[start] == '5')
        && (Characters.of(text[start + 1]) & Characters.of(text[start + 2]) & DIGIT) != 0) {
      return Tokens.STATUS_NUMBER;
    }
    boolean version = end - start > 5 && (text[start] | 0x20) == 'h' && (text[start + 1] | 0x20) == 't'
        && (text[start + 2] | 0x20) == 't' && (text[start + 3] | 0x20) == 'p' && text[start + 4] == '/'
        && (Characters.of(text[start + 5]) & DIGIT) != 0;
    return version ? Tokens.HTTP_VERSION : 0;
  }

  private static boolean varies(byte[] text, int start, int end, int limit, int classes) {
    if ((classes & (DOT | SLASH | BACKSLASH)) != 0) {
      boolean mail = (classes & AT) != 0 && (classes & DOT) != 0 && (classes & LETTER) != 0;
      boolean unc = (classes & BACKSLASH) != 0 && end - start >= SHORTEST_UNC;
      if (mail || unc || isPath(text, start, end, classes) || isHost(text, start, end, limit, classes)) {
        return true;
      }
    }
    return (end - start >= SHORTEST_SECRET && isSecret(text, start, end))
        || isEndpoint(text, start, end, limit, classes);
  }

  /// `/srv/app`, `./app`, `../app` or `~/app`.
  static boolean isPath(byte[] text, int start, int end, int classes) {
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
  private static boolean isHost(byte[] text, int start, int end, int limit, int classes) {
    if ((classes & DOT) == 0 || (classes & (SLASH | AT | BACKSLASH | ODD)) != 0 || (end < limit && text[end] == '(')) {
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
  private static boolean isSecret(byte[] text, int start, int end) {
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
  private static boolean isEndpoint(byte[] text, int start, int end, int limit, int classes) {
    if (end == limit || text[end] != ':' || end - start < SHORTEST_HOST || (classes & LETTER) == 0) {
      return false;
    }
    int port = end + 1;
    while (port < limit && port <= end + LONGEST_PORT + 1 && (Characters.of(text[port]) & DIGIT) != 0) {
      port++;
    }
    int digits = port - end - 1;
    return digits >= 2 && digits <= LONGEST_PORT && Scanner.endsWord(text, port, limit)
        && !Dictionary.contains(text, start, end);
  }
}
