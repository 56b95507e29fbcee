package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// How to delete.
///
/// @param gracePeriodSeconds
///          null for the kind's default
/// @param uid
///          the object must have it, null for any
/// @param resourceVersion
///          the object must have it, null for any
public record DeleteOptions(Propagation propagation, @Nullable Long gracePeriodSeconds, @Nullable String uid,
    @Nullable String resourceVersion, boolean dryRun) {

  /// What happens to the objects that the deleted one owns.
  public enum Propagation {
    /// They go after it.
    BACKGROUND,
    /// They go before it.
    FOREGROUND,
    /// They stay, without owner.
    ORPHAN
  }

  public static final DeleteOptions BACKGROUND = new DeleteOptions(Propagation.BACKGROUND, null, null, null, false);

  /// Reads a `DeleteOptions` object.
  ///
  /// @throws IllegalArgumentException
  ///           for an unknown propagation policy
  public static DeleteOptions of(JsonNode body) {
    var grace = body.path("gracePeriodSeconds");
    var preconditions = body.path("preconditions");
    return new DeleteOptions(propagation(body), grace.isNumber() ? grace.asLong() : null,
        preconditions.path("uid").textValue(),
        preconditions.path("resourceVersion").textValue(), !body.path("dryRun").isEmpty());
  }

  private static Propagation propagation(JsonNode body) {
    if (body.path("orphanDependents").asBoolean()) {
      return Propagation.ORPHAN;
    }
    return switch (body.path("propagationPolicy").asText()) {
      case "", "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      case String other -> throw new IllegalArgumentException(
          "invalid propagationPolicy \"" + other + "\": must be Background, Foreground or Orphan");
    };
  }
}
