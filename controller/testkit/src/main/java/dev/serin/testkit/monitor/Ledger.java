package dev.serin.testkit.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.testkit.monitor.check.Checker;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.monitor.etcd.Entry;
import dev.serin.testkit.monitor.etcd.Etcd;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checks what is read and says on standard output what it found, one JSON object a line with one member that names
/// what it is: `ready`, `violation`, `summary`, `tolerating` or `broken`. Used by several threads.
final class Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final Checker checker;
  private final List<Tolerance> tolerances;
  private long revision;
  private long revisions;
  private long violations;

  Ledger(PrintStream out, MonitorSettings settings) {
    this.out = out;
    this.checker = new Checker(settings.secrets());
    this.tolerances = new ArrayList<>(settings.tolerances());
  }

  /// Takes what is there as given.
  synchronized void learn(Etcd.Snapshot snapshot) {
    snapshot.entries().forEach(entry -> {
      if (entry.ofObject() && entry.object() != null) {
        checker.learn(entry.key(), entry.object());
      }
    });
    revision = snapshot.revision();
    say("ready", Map.of("revision", revision));
  }

  /// Checks writes.
  ///
  /// @param entries
  ///          of the next revisions, in order
  synchronized void check(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.ofObject()) {
        checker.check(entry.revision(), entry.key(), entry.object()).stream()
            .filter(violation -> tolerances.stream().noneMatch(tolerance -> tolerance.covers(violation)))
            .forEach(this::report);
      }
      if (entry.revision() > revision) {
        revision = entry.revision();
        revisions++;
      }
    }
  }

  /// Reports no more of these.
  synchronized void tolerate(Tolerance tolerance) {
    tolerances.add(tolerance);
    say("tolerating", tolerance.toString());
  }

  synchronized void summarise() {
    say("summary", new Summary(revision, revisions, violations, new TreeMap<>(checker.count())));
  }

  /// Says that nothing more is checked.
  synchronized void broken(String reason) {
    say("broken", Map.of("revision", revision, "reason", reason));
  }

  private void report(Violation violation) {
    violations++;
    say("violation", violation);
  }

  private void say(String what, Object value) {
    try {
      out.println(JSON.writeValueAsString(Map.of(what, value)));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value, e);
    }
  }
}
