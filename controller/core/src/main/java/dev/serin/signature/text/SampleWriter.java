package dev.serin.signature.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes lines with shapes in place of what varies: `Community <num:4> not found`. A sample tells more than a template and
/// no raw value. Not thread-safe.
public final class SampleWriter {

  private static final int MAX_BYTES = 512;

  private static final Pattern SHAPE = Pattern.compile("<[a-z]{1,8}(:[0-9]{1,5})?>");
  private static final String NUMBER = "<num:";
  private static final int LONGEST_UNIT = 4;

  private final Tokens tokens = new Tokens();
  private final Scanner scanner = new Scanner(tokens);
  private final Context context = new Context(tokens);
  private final Reduction reduction = new Reduction(tokens);

  /// The sample of a message, at most 512 bytes of UTF-8.
  public String write(String message) {
    byte[] line = message.getBytes(StandardCharsets.UTF_8);
    scanner.scan(line, 0, line.length);
    context.apply(line, 0, line.length);
    reduction.keyValues();
    var sample = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < tokens.size; i++) {
      var token = new String(line, tokens.start(i), tokens.end(i) - tokens.start(i), StandardCharsets.UTF_8);
      var shown = tokens.code(i) == Tokens.VARIABLE ? Shape.of(token) : token;
      bytes += (i > 0 ? 1 : 0) + shown.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      sample.append(i > 0 ? " " : "").append(shown);
    }
    return sample.toString();
  }

  /// A sample with shapes in place of the words that its signature's template does not have: they are names, as others of its
  /// kind have shown. Signs stay, and so do units, which templates leave out behind a number.
  public static String withoutNames(String sample, String template) {
    Set<String> constant = new HashSet<>(List.of(template.split(" ", -1)));
    var shown = new ArrayList<String>();
    var before = "";
    for (var word : sample.split(" ", -1)) {
      boolean unit = word.length() <= LONGEST_UNIT && before.startsWith(NUMBER);
      boolean name = !constant.contains(word) && !unit && !SHAPE.matcher(word).matches()
          && word.chars().anyMatch(Character::isLetter);
      shown.add(name ? Shape.of(word) : word);
      before = word;
    }
    return String.join(" ", shown);
  }
}
