package dev.serin.operator.source;

import java.time.Duration;
import java.time.Instant;

/// Windows `[k*W, (k+1)*W)` since the epoch; `k` is the sequence.
record WindowGrid(Duration length) {

  long sequenceAt(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), length.toMillis());
  }

  Instant start(long sequence) {
    return Instant.ofEpochMilli(Math.multiplyExact(sequence, length.toMillis()));
  }

  Instant end(long sequence) {
    return start(sequence + 1);
  }
}
