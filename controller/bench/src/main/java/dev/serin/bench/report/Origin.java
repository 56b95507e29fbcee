package dev.serin.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where numbers come from: the code and the machine.
///
/// @param commit
///          short hash, with a plus when the tree was changed
/// @param machine
///          processor, number of cores, memory, Java
public record Origin(String commit, String machine) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final long KIB_PER_GIB = 1L << 20;

  /// This tree on this machine.
  public static Origin here() {
    String commit = output("git", "rev-parse", "--short=12", "HEAD");
    boolean changed = !output("git", "status", "--porcelain", "--untracked-files=no").isEmpty();
    return new Origin(commit.isEmpty() ? "unknown" : commit + (changed ? "+" : ""), thisMachine());
  }

  private static String thisMachine() {
    return "%s, %d cores, %s, %s %s".formatted(value(PROCESSORS, "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(), memory(), System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"));
  }

  private static String memory() {
    String kibibytes = value(MEMORY, "MemTotal", "").replaceAll("\\D", "");
    return kibibytes.isEmpty() ? "unknown memory" : Math.round(Double.parseDouble(kibibytes) / KIB_PER_GIB) + " GiB";
  }

  private static String value(Path file, String key, String otherwise) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(key)).map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst().orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  /// Empty when there is no such program or it fails: then this is no clone.
  private static String output(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? text : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
