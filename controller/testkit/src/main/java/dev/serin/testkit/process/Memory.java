package dev.serin.testkit.process;

import java.util.List;

/// Resident memory of a process.
///
/// @param resident
///          bytes in RAM now (VmRSS)
/// @param peak
///          the most bytes that were ever in RAM (VmHWM)
public record Memory(long resident, long peak) {

  /// Reads the lines of `/proc/<pid>/status`.
  static Memory parse(List<String> status) {
    return new Memory(bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
  }

  private static long bytes(List<String> status, String key) {
    return status.stream().filter(line -> line.startsWith(key))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + key + " in the status of the process: has it ended?"));
  }
}
