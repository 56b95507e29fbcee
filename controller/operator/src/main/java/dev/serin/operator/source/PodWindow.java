package dev.serin.operator.source;

/// One container's part of a closed window.
sealed interface PodWindow {

  /// Everything that the log held is counted; a quiet container has zero counts.
  record Counted(Counts counts) implements PodWindow {}

  /// A part of the log is not known.
  ///
  /// @param why
  ///          a phrase for the user
  record Missing(String why) implements PodWindow {}
}
