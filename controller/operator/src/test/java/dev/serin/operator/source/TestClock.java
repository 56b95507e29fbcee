package dev.serin.operator.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that stands until a test moves it.
final class TestClock implements InstantSource {

  private volatile Instant now;

  TestClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void set(Instant time) {
    now = time;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }
}
