package dev.serin.operator.source;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Adds up what the source reports.
final class CountingMeter implements SourceMeter {

  final AtomicLong lines = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong truncated = new AtomicLong();
  final AtomicLong late = new AtomicLong();
  final AtomicLong broken = new AtomicLong();

  private volatile CountDownLatch held = new CountDownLatch(0);

  /// Makes every reader wait before its next line.
  void hold() {
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  @Override
  public void line(int size) {
    try {
      held.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    lines.incrementAndGet();
    bytes.addAndGet(size);
  }

  @Override
  public void lineTruncated() {
    truncated.incrementAndGet();
  }

  @Override
  public void lateRecord() {
    late.incrementAndGet();
  }

  @Override
  public void streamBroken() {
    broken.incrementAndGet();
  }
}
