package dev.serin.operator.notify;

/// How much an event asks for attention.
public enum EventType {
  /// Things go as they should.
  NORMAL("Normal"),
  /// A person should look.
  WARNING("Warning");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /// The API's word.
  String word() {
    return word;
  }
}
