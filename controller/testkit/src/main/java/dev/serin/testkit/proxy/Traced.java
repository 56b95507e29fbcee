package dev.serin.testkit.proxy;

import java.util.OptionalInt;

/// One request and what became of it.
///
/// @param number
///          place among all requests in the order of their arrival, from 1
/// @param write
///          place among the counted writes, from 1; 0 for a request that is not counted
public record Traced(int number, int write, Request request, Outcome outcome) {

  /// What became of a request. It says what the server did, not what the client was told.
  public sealed interface Outcome {

    /// Nothing yet.
    record Pending() implements Outcome {}

    /// The server answered with this HTTP status. Whether the answer reached the client is another matter.
    record Answered(int code) implements Outcome {}

    /// The proxy answered, and the server has not seen the request.
    record MadeUp(int code) implements Outcome {}

    /// The server has not seen the request, and nobody answered.
    record Withheld() implements Outcome {}

    /// The request was sent and no answer came: the server may have done it.
    record Unanswered() implements Outcome {}
  }

  Traced with(Outcome newOutcome) {
    return new Traced(number, write, request, newOutcome);
  }

  boolean pending() {
    return outcome instanceof Outcome.Pending;
  }

  /// Whether the server did what was asked for: a change that it answered with 2xx.
  public boolean committed() {
    return request.changing() && outcome instanceof Outcome.Answered(var code) && code >= 200 && code < 300;
  }

  /// The HTTP status of the answer, whoever made it.
  public OptionalInt code() {
    return switch (outcome) {
      case Outcome.Answered(var code) -> OptionalInt.of(code);
      case Outcome.MadeUp(var code) -> OptionalInt.of(code);
      case Outcome.Pending() -> OptionalInt.empty();
      case Outcome.Withheld() -> OptionalInt.empty();
      case Outcome.Unanswered() -> OptionalInt.empty();
    };
  }
}
