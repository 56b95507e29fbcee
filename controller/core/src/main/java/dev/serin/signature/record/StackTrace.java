package dev.serin.signature.record;

import java.util.List;
import java.util.function.UnaryOperator;

/// An exception with its causes.
///
/// @param chain
///          outermost first, root cause last; never empty
public record StackTrace(List<Thrown> chain) {

  /// One exception of a chain.
  ///
  /// @param type
  ///          its class
  /// @param message
  ///          its raw message, possibly empty
  /// @param frames
  ///          `class#method`, innermost first, without files and line numbers, generated names normalised
  public record Thrown(String type, String message, List<String> frames) {

    public Thrown {
      frames = List.copyOf(frames);
    }
  }

  public StackTrace {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a stack trace needs an exception");
    }
    chain = List.copyOf(chain);
  }

  StackTrace withMessages(UnaryOperator<String> change) {
    return new StackTrace(
        chain.stream().map(thrown -> new Thrown(thrown.type, change.apply(thrown.message), thrown.frames)).toList());
  }

  public Thrown rootCause() {
    return chain.getLast();
  }
}
