package dev.serin.signature.merge;

import dev.serin.signature.text.Canonicaliser;
import dev.serin.signature.text.Characters;
import dev.serin.signature.text.Dictionary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A template as its tokens, with what the merge asks of each.
///
/// Not a record: equality is that of the tokens, and hashes are summed up once so that a context costs no copy.
final class Pattern {

  private static final int ENGLISH_BESIDE = 2;
  private static final String RUN_JOINTS = ",:/#|-.";

  private static final Comparator<Pattern> GENERALITY = Comparator.comparingInt(Pattern::variables).reversed()
      .thenComparingInt(Pattern::length).thenComparing(Pattern::toString);

  private final String[] tokens;
  private final boolean[] english;
  private final long hash;
  private final int englishWords;

  private Pattern(String[] tokens) {
    this.tokens = tokens;
    english = new boolean[tokens.length];
    long sum = tokens.length;
    int words = 0;
    for (int i = 0; i < tokens.length; i++) {
      sum += hashAt(i);
      english[i] = isWord(i) && Dictionary.contains(tokens[i]);
      words += english[i] ? 1 : 0;
    }
    hash = sum;
    englishWords = words;
  }

  static Pattern of(String template) {
    return new Pattern(template.split(" "));
  }

  int length() {
    return tokens.length;
  }

  String token(int position) {
    return tokens[position];
  }

  boolean isVariable(int position) {
    return tokens[position].equals(Canonicaliser.VARIABLE);
  }

  boolean isWord(int position) {
    String token = tokens[position];
    // A template that a person has written may have nothing between two spaces.
    return !token.isEmpty() && !isVariable(position) && Characters.isInWord(token.charAt(0)) && !token.equals(".");
  }

  /// Whether a word stands there that has two letters at least, as names have: `x+` and `b` are labels.
  boolean isName(int position) {
    return isWord(position)
        && tokens[position].chars().filter(c -> Characters.isLetter((char) c)).limit(2).count() == 2;
  }

  /// Whether no word stands before it.
  boolean isHead(int position) {
    for (int i = 0; i < position; i++) {
      if (isWord(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isEnglish(int position) {
    return english[position];
  }

  /// Whether what stands there may turn out to vary: a variable, or a word that could be a name, and enough around it that tells what
  /// the text is about.
  boolean mayVary(int position) {
    boolean entry = isVariable(position) || (isName(position) && !NeverMerged.contains(token(position)));
    return entry && englishWordsBeside(position) >= ENGLISH_BESIDE;
  }

  /// What both have in common if they differ in names only: in those that are variables here already and in one more. A dictionary
  /// word is no name, and neither is the first word, which tells what the text is about.
  Optional<Pattern> withNames(Pattern other) {
    if (tokens.length != other.tokens.length) {
      return Optional.empty();
    }
    int one = -1;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i].equals(other.tokens[i])) {
        continue;
      }
      boolean names = mayVary(i) && other.mayVary(i) && !english[i] && !other.english[i];
      boolean more = !isVariable(i);
      if (!names || (more && (one >= 0 || (isHead(i) && !other.isVariable(i))))) {
        return Optional.empty();
      }
      one = more ? i : one;
    }
    if (one < 0) {
      return Optional.of(this);
    }
    String[] common = tokens.clone();
    common[one] = Canonicaliser.VARIABLE;
    return Optional.of(new Pattern(common));
  }

  /// Whether the other one differs from this in names only that are left out here.
  boolean covers(Pattern other) {
    return withNames(other).filter(this::equals).isPresent();
  }

  /// Dictionary words elsewhere.
  private int englishWordsBeside(int position) {
    return englishWords - (english[position] ? 1 : 0);
  }

  /// The pattern with a variable there; neighbouring variables become one, as in the canonicaliser's step 6.
  Pattern varied(int position) {
    List<String> result = new ArrayList<>(tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      boolean variable = i == position || isVariable(i);
      if (variable) {
        int start = result.size();
        while (start > 0 && result.get(start - 1).length() == 1 && RUN_JOINTS.contains(result.get(start - 1))) {
          start--;
        }
        if (start > 0 && result.get(start - 1).equals(Canonicaliser.VARIABLE)) {
          result.subList(start, result.size()).clear();
          continue;
        }
      }
      result.add(variable ? Canonicaliser.VARIABLE : tokens[i]);
    }
    return new Pattern(result.toArray(String[]::new));
  }

  /// The one with more variables; of two with as many, the shorter one, then the smaller text.
  static Pattern moreGeneral(Pattern one, Pattern other) {
    return GENERALITY.compare(one, other) <= 0 ? one : other;
  }

  private int variables() {
    return (int) Arrays.stream(tokens).filter(Canonicaliser.VARIABLE::equals).count();
  }

  /// Equal for equal tokens at all positions but this one.
  int contextHash(int position) {
    return Long.hashCode((hash - hashAt(position)) * 31 + position);
  }

  boolean sameContext(Pattern other, int position) {
    return tokens.length == other.tokens.length && Arrays.equals(tokens, 0, position, other.tokens, 0, position)
        && Arrays.equals(tokens, position + 1, tokens.length, other.tokens, position + 1, tokens.length);
  }

  private long hashAt(int position) {
    long mixed = (tokens[position].hashCode() * 0x9E3779B97F4A7C15L) + position * 0xC2B2AE3D27D4EB4FL;
    return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pattern pattern && Arrays.equals(tokens, pattern.tokens);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return String.join(" ", tokens);
  }
}
