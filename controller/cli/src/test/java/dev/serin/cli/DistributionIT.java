package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `target/dist/bin/serin` as a person calls it.
class DistributionIT {

  private static final Path LAUNCHER = Path.of("target/dist/bin/serin").toAbsolutePath();
  private static final String THIS_JAVA = System.getProperty("java.home");
  private static final String WINDOW = """
      {"run":"a","window":0,"seconds":10,"canary":[{"pod":"c","requests":30,"events":{"lost":30}}],\
      "baseline":[{"pod":"b","requests":90,"events":{}}]}
      """;

  @TempDir
  private Path folder;

  @Test
  @DisplayName("It judges standard input with the Java of JAVA_HOME, also through a symbolic link from another folder")
  void judges() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("serin"), LAUNCHER);

    Ended ended = run(List.of(link.toString(), "judge", "-"), Map.of("JAVA_HOME", THIS_JAVA), WINDOW);

    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).startsWith("{\"run\":\"a\",\"window\":0,\"verdict\":\"RollBack\"").hasLineCount(1);
  }

  @Test
  @DisplayName("It plans with the Java of the PATH; the exit code is that of the command")
  void plans() throws Exception {
    Map<String, String> environment = Map.of("PATH", THIS_JAVA + "/bin:/usr/bin:/bin");

    Ended ended = run(List.of(LAUNCHER.toString(), "plan", "--requests-per-minute", "12000", "--error-rate", "0.1%",
        "--steps", "5%"), environment, "");
    Ended wrong = run(List.of(LAUNCHER.toString(), "judge"), environment, "nonsense");

    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(ended.output()).contains("Step 1 (5%)");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.errors()).startsWith("line 1: is no JSON");
  }

  @Test
  @DisplayName("An older Java in JAVA_HOME gives way to a newer one on the PATH; without any it says what it needs")
  void java() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    String oldHome = folder.resolve("old").toString();

    Ended newer = run(List.of(LAUNCHER.toString(), "--version"),
        Map.of("JAVA_HOME", oldHome, "PATH", THIS_JAVA + "/bin:/usr/bin:/bin"), "");
    Ended none = run(List.of(LAUNCHER.toString(), "--version"),
        Map.of("JAVA_HOME", oldHome, "PATH", old.getParent() + ":/usr/bin:/bin"), "");

    assertThat(newer.status()).as(newer.errors()).isZero();
    assertThat(none.status()).isEqualTo(127);
    assertThat(none.errors()).isEqualTo("serin needs Java 25 or newer: set JAVA_HOME to one, or put it on the PATH. "
        + old + " has version 17. " + old + " has version 17.\n");
  }

  @Test
  @DisplayName("It names the errors of a log many times as large as its memory, endless lines and all")
  void signaturesInConstantMemory() throws Exception {
    Path log = folder.resolve("large.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      byte[] word = "no such thing as ".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 8_000_000; i++) {
        out.write(word);
      }
      for (int i = 0; i < 300_000; i++) {
        out.write(("\nERROR shop." + letters(i % 1_000) + " - no such thing as " + letters(i))
            .getBytes(StandardCharsets.US_ASCII));
      }
    }

    Ended ended = run(List.of(LAUNCHER.toString(), "signatures", log.toString()),
        Map.of("JAVA_HOME", THIS_JAVA, "SERIN_JAVA_OPTIONS", "-Xmx32m"), "");

    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(ended.output()).startsWith("300,001 lines, 300,001 records, ").contains("(many)");
  }

  /// A word without digits, which would be masked.
  private static String letters(int number) {
    return Integer.toString(number + 26, 26).chars().map(c -> c < 'a' ? c - '0' + 'q' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  private Ended run(List<String> command, Map<String, String> environment, String input) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectInput(in.toFile())
        .redirectOutput(out.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.equals("JAVA_HOME") || name.startsWith("JDK_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    return new Ended(process.exitValue(), text(out), text(errors));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private record Ended(int status, String output, String errors) {}
}
