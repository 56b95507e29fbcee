package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopHeartbeatTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  @DisplayName("A beat counts when a worker runs it, not when it was sent")
  void countsBeatsThatArrive() {
    var busy = new ArrayDeque<Runnable>();
    var heartbeat = new LoopHeartbeat(busy::add, nanos::get);
    nanos.addAndGet(Duration.ofSeconds(70).toNanos());
    heartbeat.send();
    assertThat(heartbeat.silence()).isEqualTo(Duration.ofSeconds(70));

    busy.remove().run();
    assertThat(heartbeat.silence()).isEqualTo(Duration.ZERO);
  }
}
