package dev.serin.sandbox.api.patch;

import java.util.List;

/// What a list is to a patch.
public sealed interface ListShape {

  /// Replaced as a whole.
  record Atomic() implements ListShape {}

  /// Plain values, each at most once.
  record Unique() implements ListShape {}

  /// Objects told apart by the values of these fields.
  record Keyed(List<String> keys) implements ListShape {}
}
