package dev.serin.signature;

import java.util.ArrayList;
import java.util.List;

/// Splits a text into words and single separators; what is variable by its own characters already comes out as `<*>`.
///
/// Every character is read a bounded number of times.
final class TokenScanner {

  private static final int MAX_TOKENS = 256;
  private static final int MAX_COLON_GROUPS = 64;
  private static final int GROUP_DIGITS = 4;
  private static final String IN_WORD = "./\\@-_%+~$";

  private final CharSequence text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private TokenScanner(CharSequence text) {
    this.text = text;
  }

  /// The first 256 tokens.
  static List<String> scan(CharSequence text) {
    var scanner = new TokenScanner(text);
    while (scanner.at < text.length() && scanner.tokens.size() < MAX_TOKENS) {
      scanner.next();
    }
    return scanner.tokens;
  }

  static boolean isWord(String token) {
    return isInWord(token.charAt(0));
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isInWord(char c) {
    return isLetter(c) || isDigit(c) || IN_WORD.indexOf(c) >= 0;
  }

  private void next() {
    char c = text.charAt(at);
    if (c <= ' ') {
      at++;
    } else if (c == '<' && peek(at + 1) == '*' && peek(at + 2) == '>') {
      variableTo(at + Canonicaliser.VARIABLE.length());
    } else if (isColonGroup(c)) {
      // The scan of the group has moved on.
      tokens.add(Canonicaliser.VARIABLE);
    } else if (isInWord(c)) {
      word();
    } else {
      tokens.add(String.valueOf(c));
      at++;
    }
  }

  private void word() {
    boolean digit = false;
    boolean letter = false;
    boolean mail = false;
    boolean dot = false;
    boolean backslash = false;
    int end = at;
    for (; end < text.length() && isInWord(text.charAt(end)); end++) {
      char c = text.charAt(end);
      digit |= isDigit(c);
      letter |= isLetter(c);
      mail |= c == '@';
      dot |= c == '.';
      backslash |= c == '\\';
    }
    boolean path = text.charAt(at) == '/' && letter;
    if (peek(end) == ':' && peek(end + 1) == '/' && peek(end + 2) == '/') {
      variableTo(until(end, " \"'>)]"));
    } else if (path && peek(end) == '?') {
      variableTo(until(end, " \"'"));
    } else if (digit || path || (mail && dot && letter) || (backslash && end - at > 3)) {
      variableTo(end);
    } else {
      tokens.add(text.subSequence(at, end).toString());
      at = end;
    }
  }

  private void variableTo(int end) {
    tokens.add(Canonicaliser.VARIABLE);
    at = end;
  }

  private int until(int from, String stops) {
    int end = from;
    while (end < text.length() && text.charAt(end) > ' ' && stops.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /// Moves over four or more groups of one to four hex digits, or any with `::`: addresses of networks and hardware.
  private boolean isColonGroup(char first) {
    if (first != ':' && !isHex(first)) {
      return false;
    }
    int end = at;
    int groups = 0;
    boolean gap = false;
    for (int i = 0; i < MAX_COLON_GROUPS; i++) {
      int digits = 0;
      while (digits <= GROUP_DIGITS && isHex(peek(end))) {
        digits++;
        end++;
      }
      if (digits > GROUP_DIGITS) {
        return false;
      }
      groups += digits > 0 ? 1 : 0;
      if (peek(end) == ':' && peek(end + 1) == ':') {
        gap = true;
        end += 2;
      } else if (digits > 0 && peek(end) == ':' && isHex(peek(end + 1))) {
        end++;
      } else {
        break;
      }
    }
    boolean found = (groups >= GROUP_DIGITS || (groups > 0 && gap)) && !isInWord(peek(end));
    if (found) {
      at = end;
    }
    return found;
  }

  /// The character there, or a space behind the end.
  private char peek(int index) {
    return index < text.length() ? text.charAt(index) : ' ';
  }
}
