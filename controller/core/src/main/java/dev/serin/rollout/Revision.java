package dev.serin.rollout;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Name of a pod template: the first ten characters of base32 SHA-256 over its canonical JSON.
///
/// @param value
///          ten characters of `a-z2-7`
public record Revision(String value) {

  private static final Pattern SHAPE = Pattern.compile("[a-z2-7]{10}");

  public Revision {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a revision has ten characters of a-z2-7, was \"" + value + "\"");
    }
  }

  /// The revision of this name; empty for anything else.
  public static Optional<Revision> parse(@Nullable String text) {
    return text != null && SHAPE.matcher(text).matches() ? Optional.of(new Revision(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
