package dev.serin.testkit.monitor;

import dev.serin.testkit.monitor.etcd.Etcd;
import dev.serin.testkit.monitor.etcd.History;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The process of the safety monitor. What is stored when it starts is taken as given; every write after that is
/// checked.
///
/// Arguments: see [MonitorSettings]. Standard input takes `report`, which is answered by a summary, and
/// `tolerate <invariant>:<namespace>`. Standard output: see [Ledger]. SIGTERM gives a last summary. When it cannot read
/// or check a revision it says `broken` and ends with the code 1.
final class Monitor {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Monitor() {}

  public static void main(String[] arguments) {
    MonitorSettings settings = MonitorSettings.parse(List.of(arguments));
    Ledger ledger = new Ledger(System.out, settings);
    try {
      Etcd etcd = new Etcd(settings.etcd());
      Etcd.Snapshot snapshot = etcd.snapshot();
      // Before it says that it is ready: whoever reads that may end it at once.
      Runtime.getRuntime().addShutdownHook(new Thread(ledger::summarise, "summarise"));
      ledger.learn(snapshot);
      Thread.ofPlatform().daemon().name("listen").start(() -> listen(ledger));
      new History(etcd, snapshot.revision(), PATIENCE).follow(ledger::check);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ledger.broken("interrupted");
    } catch (IOException | RuntimeException e) {
      // A checker that fails must not look like one that found nothing.
      ledger.broken(e.toString());
      e.printStackTrace();
    }
    System.exit(1);
  }

  private static void listen(Ledger ledger) {
    try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      input.lines().forEach(line -> {
        if (line.equals("report")) {
          ledger.summarise();
        } else if (line.startsWith("tolerate ")) {
          ledger.tolerate(Tolerance.parse(line.substring("tolerate ".length())));
        } else {
          throw new IllegalArgumentException("unknown command " + line + ": known are report and tolerate");
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen", e);
    }
  }
}
