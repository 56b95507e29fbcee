package dev.serin.cli.signatures;

import java.util.List;

/// What there is to say of one or two logs.
///
/// @param inputs
///          the logs, in the order of the command line
/// @param lines
///          lines read
/// @param rows
///          the signatures, most frequent first
record Report(List<LogInput> inputs, long lines, Tally tally, List<Tally.Row> rows) {

  /// The place as people look for it.
  String text(Place place) {
    return inputs.size() == 1 ? String.valueOf(place.line()) : inputs.get(place.input()).name() + ":" + place.line();
  }
}
