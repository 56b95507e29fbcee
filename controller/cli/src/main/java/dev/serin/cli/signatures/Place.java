package dev.serin.cli.signatures;

import java.util.Comparator;

/// Where a record begins.
///
/// @param input
///          number of its log, from 0 in the order of the command line
/// @param line
///          number of its line in that log, from 1
record Place(int input, long line) implements Comparable<Place> {

  private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::input).thenComparingLong(Place::line);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
