package dev.serin.testkit.monitor;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.Folders;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.monitor.etcd.Etcd;
import dev.serin.testkit.process.ChildJvm;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The safety monitor as tests see it: a process that checks every write from its start on, whoever made it.
///
/// ```java
/// try (SafetyMonitor monitor = SafetyMonitor.start(plane)) {
///   …
///   monitor.awaitCaughtUp();
///   assertThat(monitor.violationsIn(namespace)).isEmpty();
/// }
/// ```
///
/// Tests that share a control plane see each other's violations: ask for those of one namespace. Every method throws an
/// [IllegalStateException] with the monitor's output when it has ended, as it does when it cannot check every revision.
/// Not for several threads at once.
public final class SafetyMonitor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Etcd etcd;
  private final Path folder;
  private final ChildProcess process;
  private boolean closed;

  private SafetyMonitor(Etcd etcd, Path folder, ChildProcess process) {
    this.etcd = etcd;
    this.folder = folder;
    this.process = process;
  }

  public static SafetyMonitor start(ControlPlane plane) {
    return start(MonitorSettings.of(plane.etcdUrl()));
  }

  /// Returns when every later write will be checked.
  public static SafetyMonitor start(MonitorSettings settings) {
    try {
      Path folder = Files.createTempDirectory("serin-monitor-");
      ChildJvm program = ChildJvm.of(Monitor.class.getName(), folder).withOption("-Xmx256m")
          .withOption("-XX:TieredStopAtLevel=1").withOption("-XX:+ExitOnOutOfMemoryError");
      for (String argument : settings.arguments()) {
        program = program.withArgument(argument);
      }
      SafetyMonitor monitor = new SafetyMonitor(new Etcd(settings.etcd()), folder, program.startListening());
      try {
        monitor.process.awaitLine("^\\{\"ready\"", PATIENCE);
        return monitor;
      } catch (RuntimeException e) {
        monitor.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the safety monitor", e);
    }
  }

  /// Does not report violations of an invariant in a namespace from now on, because the test breaks it itself.
  ///
  /// @param invariant
  ///          such as `I6`
  public void tolerate(String invariant, String namespace) {
    Tolerance tolerance = new Tolerance(invariant, namespace);
    process.say("tolerate " + tolerance);
    process.awaitLine("^\\{\"tolerating\":\"" + tolerance + "\"", PATIENCE);
  }

  /// Waits until every write that was made before this call is checked.
  public Summary awaitCaughtUp() {
    long newest = newest();
    return await("the safety monitor has checked revision " + newest).atMost(PATIENCE).pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50)).until(this::summary, summary -> summary.revision() >= newest);
  }

  /// All violations reported so far, in the order of the writes.
  public List<Violation> violations() {
    return said("violation", Violation.class).toList();
  }

  /// As [#violations()], in one namespace.
  public List<Violation> violationsIn(String namespace) {
    return violations().stream().filter(violation -> violation.namespace().equals(namespace)).toList();
  }

  @Override
  public void close() {
    closed = true;
    process.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private Summary summary() {
    long before = said("summary", Summary.class).count();
    process.say("report");
    return await("the safety monitor answers").atMost(PATIENCE).pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> said("summary", Summary.class).toList(), summaries -> summaries.size() > before).getLast();
  }

  private <T> Stream<T> said(String what, Class<T> type) {
    if (closed) {
      throw new IllegalStateException("the safety monitor is closed");
    }
    if (!process.alive()) {
      throw new IllegalStateException("the safety monitor has ended: " + process.tail());
    }
    return process.stdout().stream().map(SafetyMonitor::parse).filter(line -> line.has(what))
        .map(line -> JSON.convertValue(line.path(what), type));
  }

  private long newest() {
    try {
      return etcd.revision();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask etcd for its revision", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking etcd for its revision", e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the safety monitor says no JSON", e);
    }
  }
}
