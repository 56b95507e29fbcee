package dev.serin.signature.text;

/// Classes of characters. Every byte of a character beyond ASCII is a letter, and so is the character itself.
public final class Characters {

  static final int LOWER = 1;
  static final int UPPER = 1 << 1;
  static final int FOREIGN = 1 << 2;
  static final int DIGIT = 1 << 3;
  static final int HEX = 1 << 4;
  static final int DOT = 1 << 5;
  static final int SLASH = 1 << 6;
  static final int BACKSLASH = 1 << 7;
  static final int AT = 1 << 8;
  static final int DASH = 1 << 9;
  static final int ODD = 1 << 10;
  static final int SPACE = 1 << 11;

  static final int LETTER = LOWER | UPPER | FOREIGN;
  /// Symbols that do not end a word.
  static final int SYMBOL = DOT | SLASH | BACKSLASH | AT | DASH | ODD;
  static final int IN_WORD = LETTER | DIGIT | SYMBOL;

  private static final int BYTES = 256;
  private static final int[] CLASSES = classes();

  private Characters() {}

  /// The classes of a byte, as bits.
  static int of(byte value) {
    return CLASSES[value & 0xFF];
  }

  public static boolean isLetter(char c) {
    return c >= BYTES || (CLASSES[c] & LETTER) != 0;
  }

  public static boolean isDigit(char c) {
    return c < BYTES && (CLASSES[c] & DIGIT) != 0;
  }

  public static boolean isHex(char c) {
    return c < BYTES && (CLASSES[c] & HEX) != 0;
  }

  /// Whether the character can be a part of a word: letters, digits and `. / \ @ - _ % + ~ $`.
  public static boolean isInWord(char c) {
    return c >= BYTES || (CLASSES[c] & IN_WORD) != 0;
  }

  /// Whether every character can be a part of a word.
  public static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isInWord(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int[] classes() {
    int[] classes = new int[BYTES];
    for (int c = 0; c < BYTES; c++) {
      classes[c] = of(c);
    }
    return classes;
  }

  private static int of(int c) {
    if (c <= ' ') {
      return SPACE;
    }
    if (c >= 0x80) {
      return FOREIGN;
    }
    int hex = Character.digit(c, 16) < 0 ? 0 : HEX;
    if (c >= 'a' && c <= 'z') {
      return LOWER | hex;
    }
    if (c >= 'A' && c <= 'Z') {
      return UPPER | hex;
    }
    return switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> DIGIT | HEX;
      case '.' -> DOT;
      case '/' -> SLASH;
      case '\\' -> BACKSLASH;
      case '@' -> AT;
      case '-', '_' -> DASH;
      case '%', '+', '~', '$' -> ODD;
      default -> 0;
    };
  }
}
