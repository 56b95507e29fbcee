package dev.serin.signature;

import dev.serin.signature.text.Canonicaliser;
import dev.serin.signature.text.WildcardTemplate;

/// A signature that the user named, because it matters to them.
///
/// @param name
///          its name, never blank
/// @param template
///          the messages that belong to it
public record NamedTemplate(String name, WildcardTemplate template) {

  public NamedTemplate {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of a signature must not be blank");
    }
  }

  /// Whether a message belongs to it, as logged or in the canonical form that signatures show.
  boolean matches(String message) {
    return template.matches(message) || template.matches(Canonicaliser.canonicalise(message));
  }
}
