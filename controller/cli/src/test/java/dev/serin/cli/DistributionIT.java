package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
