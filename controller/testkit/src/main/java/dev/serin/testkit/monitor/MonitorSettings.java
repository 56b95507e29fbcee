package dev.serin.testkit.monitor;

import java.util.ArrayList;
import java.util.List;

/// What the monitor is told when it starts.
///
/// @param etcd
///          URL of a client endpoint of etcd
/// @param secrets
///          planted texts that must appear nowhere
/// @param tolerances
///          promises that a test breaks itself
public record MonitorSettings(String etcd, List<String> secrets, List<Tolerance> tolerances) {

  private static final String ETCD = "--etcd=";
  private static final String SECRET = "--secret=";
  private static final String TOLERATE = "--tolerate=";

  public MonitorSettings {
    secrets = List.copyOf(secrets);
    tolerances = List.copyOf(tolerances);
    if (etcd.isEmpty()) {
      throw new IllegalArgumentException("the monitor needs the URL of etcd: " + ETCD + "http://127.0.0.1:2379");
    }
    if (secrets.contains("")) {
      throw new IllegalArgumentException("an empty secret appears everywhere: name a text with " + SECRET);
    }
  }

  public static MonitorSettings of(String etcd) {
    return new MonitorSettings(etcd, List.of(), List.of());
  }

  public MonitorSettings withSecret(String text) {
    List<String> more = new ArrayList<>(secrets);
    more.add(text);
    return new MonitorSettings(etcd, more, tolerances);
  }

  public MonitorSettings tolerating(Tolerance tolerance) {
    List<Tolerance> more = new ArrayList<>(tolerances);
    more.add(tolerance);
    return new MonitorSettings(etcd, secrets, more);
  }

  /// From the command line.
  ///
  /// @throws IllegalArgumentException
  ///           when an argument is unknown or the URL of etcd is missing
  static MonitorSettings parse(List<String> arguments) {
    String etcd = "";
    List<String> secrets = new ArrayList<>();
    List<Tolerance> tolerances = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith(ETCD)) {
        etcd = argument.substring(ETCD.length());
      } else if (argument.startsWith(SECRET)) {
        secrets.add(argument.substring(SECRET.length()));
      } else if (argument.startsWith(TOLERATE)) {
        tolerances.add(Tolerance.parse(argument.substring(TOLERATE.length())));
      } else {
        throw new IllegalArgumentException("unknown argument " + argument + ": known are " + ETCD + ", " + SECRET
            + " and " + TOLERATE);
      }
    }
    return new MonitorSettings(etcd, secrets, tolerances);
  }

  /// What [#parse(List)] reads.
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(ETCD + etcd));
    secrets.forEach(text -> arguments.add(SECRET + text));
    tolerances.forEach(tolerance -> arguments.add(TOLERATE + tolerance));
    return arguments;
  }
}
