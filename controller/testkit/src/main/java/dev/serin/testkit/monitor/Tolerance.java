package dev.serin.testkit.monitor;

import dev.serin.testkit.monitor.check.Violation;

/// A promise that a test breaks itself in a namespace, so that breaking it there is not reported.
///
/// @param invariant
///          such as `I6`
public record Tolerance(String invariant, String namespace) {

  /// Reads `I6:<namespace>`.
  ///
  /// @throws IllegalArgumentException
  ///           when it is something else
  static Tolerance parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2 || !parts[0].matches("I[0-9]+") || parts[1].isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is not <invariant>:<namespace>, such as I6:shop");
    }
    return new Tolerance(parts[0], parts[1]);
  }

  boolean covers(Violation violation) {
    return violation.invariant().equals(invariant) && violation.namespace().equals(namespace);
  }

  @Override
  public String toString() {
    return invariant + ":" + namespace;
  }
}
