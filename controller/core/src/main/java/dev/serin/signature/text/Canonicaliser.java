package dev.serin.signature.text;

import java.nio.charset.StandardCharsets;

/// Masks what varies between two occurrences of the same event: `Community 8842 not found` becomes
/// `Community <*> not found`.
///
/// A pure function without state. Result: the first 256 tokens, single spaces between them, `<*>` for what varies. Time is
/// linear in the text.
public final class Canonicaliser {

  /// What a variable part looks like in a template.
  public static final String VARIABLE = "<*>";

  private Canonicaliser() {}

  /// The template of a message. Where speed matters, keep a [TemplateWriter] instead.
  public static String canonicalise(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var writer = new TemplateWriter();
    writer.write(bytes, 0, bytes.length);
    return writer.text();
  }

  /// Whether what stands behind this name and a colon is a secret, as behind `db.password`.
  public static boolean isSecretName(String name) {
    var tokens = new Tokens();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    new Scanner(tokens).scan(bytes, 0, bytes.length);
    return tokens.size == 1 && tokens.isIn(0, Announced.SECRETS);
  }
}
