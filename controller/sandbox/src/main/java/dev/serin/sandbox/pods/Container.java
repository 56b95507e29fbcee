package dev.serin.sandbox.pods;

import dev.serin.sandbox.app.Application;
import dev.serin.sandbox.app.Versions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One instance of a pod's container: the application and what it wrote.
record Container(Application application, LogRing log, Instant startedAt) implements AutoCloseable {

  // An hour of a pod's tenth of 300 requests/s: 108,000 records of about 150 bytes.
  private static final long LOG_BUDGET = 16L << 20;

  /// @param quiet
  ///          while it holds, the lines of the application are dropped
  static Container start(Application.Identity identity, Versions versions, InstantSource clock, BooleanSupplier quiet)
      throws IOException {
    LogRing log = new LogRing(LOG_BUDGET);
    versions.started(identity.image());
    Application application = Application.start(identity, versions, clock, lines -> {
      if (!quiet.getAsBoolean()) {
        log.append(clock.instant(), lines);
      }
    });
    return new Container(application, log, clock.instant());
  }

  /// Writes what a JVM writes before it exits because of an exception.
  void logCrash(Instant now) {
    log.append(now, List.of("Exception in thread \"main\" java.lang.IllegalStateException: cannot open the store",
        "\tat dev.serin.shop.CommunityStore.open(CommunityStore.java:31)",
        "\tat dev.serin.shop.Main.main(Main.java:12)"));
  }

  @Override
  public void close() {
    application.close();
    log.close();
  }
}
