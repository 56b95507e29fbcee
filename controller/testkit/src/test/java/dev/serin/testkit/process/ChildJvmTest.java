package dev.serin.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  private Path folder;

  /// Says what it was given, then waits to be ended.
  static final class Waiting {

    private Waiting() {}

    public static void main(String[] arguments) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("orderly end")));
      System.err
          .println("argument " + arguments[0] + ", property " + System.getProperty("test.property") + ", variable "
              + System.getenv("TEST_VARIABLE"));
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }

  /// Repeats what it is told, until nothing more is said.
  static final class Repeating {

    private Repeating() {}

    public static void main(String[] arguments) throws IOException {
      try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        input.lines().forEach(line -> System.out.println("heard " + line));
      }
      System.out.println("silence");
    }
  }

  /// Starts a grandchild, says its process id, and waits.
  static final class Parent {

    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (ChildProcess grandchild = waiting(Path.of(arguments[0])).start()) {
        grandchild.awaitLine("^ready$", PATIENCE);
        System.out.println("grandchild " + grandchild.pid());
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  @DisplayName("The child gets arguments, properties and variables, and its output can be awaited")
  void passesEverythingOn() {
    try (ChildProcess child = waiting(folder).start()) {
      assertThat(child.awaitLine("^argument", PATIENCE)).isEqualTo("argument one, property two, variable three");
      assertThat(child.awaitLine("^ready$", PATIENCE)).isEqualTo("ready");
    }
  }

  @Test
  @DisplayName("A child that listens hears each line; one that does not finds its input at the end")
  void listens() {
    ChildJvm repeating = ChildJvm.of(Repeating.class.getName(), folder);
    try (ChildProcess child = repeating.startListening()) {
      child.say("one");
      child.say("two");
      assertThat(child.awaitLine("^heard two$", PATIENCE)).isEqualTo("heard two");
      assertThat(child.stdout()).containsExactly("heard one", "heard two");

      child.kill();
      assertThatThrownBy(() -> child.say("three")).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not listen").hasMessageContaining("heard two");
    }
    try (ChildProcess child = repeating.start()) {
      assertThat(child.awaitLine("^silence$", PATIENCE)).isEqualTo("silence");
      assertThat(child.awaitExit(PATIENCE)).isZero();
      assertThatThrownBy(() -> child.say("anyone?")).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not listen");
    }
  }

  @Test
  @DisplayName("SIGTERM lets shutdown hooks run, SIGKILL does not")
  void signals() {
    try (ChildProcess child = waiting(folder).start()) {
      child.awaitLine("^ready$", PATIENCE);
      assertThat(child.terminate(PATIENCE)).isEqualTo(128 + 15);
      assertThat(child.stdout()).containsExactly("ready", "orderly end");
    }
    try (ChildProcess child = waiting(folder).start()) {
      await("the second start, appended").atMost(PATIENCE).until(() -> child.stdout().size() == 3);
      child.kill();
      assertThat(child.alive()).isFalse();
      assertThat(child.awaitExit(PATIENCE)).isEqualTo(128 + 9);
      assertThat(child.stdout()).containsExactly("ready", "orderly end", "ready");
    }
  }

  @Test
  @DisplayName("Resident memory is that of a JVM, and its peak is no less")
  void memory() {
    try (ChildProcess child = waiting(folder).start()) {
      child.awaitLine("^ready$", PATIENCE);
      Memory memory = child.memory();

      assertThat(memory.resident()).isBetween(10L << 20, 2L << 30);
      assertThat(memory.peak()).isGreaterThanOrEqualTo(memory.resident());
    }
  }

  @Test
  @DisplayName("A child that ended early is reported at once, with its output")
  void reportsAnEarlyEnd() {
    try (ChildProcess child = ChildJvm.of("no.such.Main", folder).start()) {
      assertThatThrownBy(() -> child.awaitLine("^ready$", PATIENCE)).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ended without a line").hasMessageContaining("no.such.Main");
    }
  }

  @Test
  @DisplayName("A child ends when the JVM that started it is killed")
  void endsWithItsParent() {
    try (ChildProcess parent = ChildJvm.of(Parent.class.getName(), folder).withArgument(folder.toString()).start()) {
      long grandchild = Long.parseLong(parent.awaitLine("^grandchild", PATIENCE).replaceAll("\\D", ""));
      assertThat(ProcessHandle.of(grandchild)).hasValueSatisfying(handle -> assertThat(handle.isAlive()).isTrue());

      parent.kill();

      await().atMost(PATIENCE).until(() -> ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  private static ChildJvm waiting(Path folder) {
    return ChildJvm.of(Waiting.class.getName(), folder).withOption("-Xmx32m").withProperty("test.property", "two")
        .withArgument("one").withEnvironment("TEST_VARIABLE", "three");
  }
}
