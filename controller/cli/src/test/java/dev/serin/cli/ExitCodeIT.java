package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.testkit.process.ChildJvm;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole process: what a shell sees of it.
class ExitCodeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  private Path folder;

  @Test
  @DisplayName("0 when every push ended as the scenario expects, with the numbers on standard output")
  void asExpected() throws IOException {
    try (ChildProcess demo = ShortStory.play(folder, "RolledBack")) {
      assertThat(demo.awaitExit(PATIENCE)).as(demo.tail()).isZero();
      assertThat(demo.stdout()).anyMatch(line -> line.matches("shop:v2: rolled back, [0-9.]+ s after the push"))
          .anyMatch(line -> line.endsWith("Requests without any answer: 0"));
      assertThat(demo.stderr()).isEmpty();
    }
  }

  @Test
  @DisplayName("1 when a push ended otherwise, and the line that says so")
  void otherwise() throws IOException {
    try (ChildProcess demo = ShortStory.play(folder, "Promoted")) {
      assertThat(demo.awaitExit(PATIENCE)).as(demo.tail()).isEqualTo(1);
      assertThat(demo.stdout()).anyMatch(line -> line.endsWith("shop:v2: rolled back, expected otherwise"));
    }
  }

  @Test
  @DisplayName("2 for a scenario that cannot be read: one line and the usage, no stack trace, nothing started")
  void unreadable() {
    try (ChildProcess demo = ChildJvm.of("dev.serin.cli.Main", folder)
        .withProperty("java.io.tmpdir", folder.toString()).withArgument("demo").withArgument("--scenario")
        .withArgument("nowhere.yaml").start()) {
      assertThat(demo.awaitExit(PATIENCE)).as(demo.tail()).isEqualTo(2);
      assertThat(demo.stderr().getFirst()).startsWith("nowhere.yaml: does not exist");
      assertThat(demo.stderr()).noneMatch(line -> line.stripLeading().startsWith("at "));
      assertThat(demo.stdout()).isEmpty();
    }
  }
}
