package dev.serin.testkit.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/// A running child process. It ends with [#close()], and also when this JVM ends in any way, SIGKILL included.
public final class ChildProcess implements AutoCloseable {

  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Process watch;
  private final Path stdout;
  private final Path stderr;

  private ChildProcess(String name, Process process, Process watch, Path stdout, Path stderr) {
    this.name = name;
    this.process = process;
    this.watch = watch;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /// Starts a program whose output goes to `<folder>/<name>.out` and `<folder>/<name>.err`, appended to what is there.
  ///
  /// @param environment
  ///          variables added to those of this JVM
  public static ChildProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
    ChildProcess child = startListening(name, folder, command, environment);
    try {
      child.process.getOutputStream().close();
      return child;
    } catch (IOException e) {
      child.close();
      throw new UncheckedIOException("cannot close the standard input of " + name, e);
    }
  }

  /// As [#start(String, Path, List, Map)], but standard input stays open: the child listens to [#say(String)].
  public static ChildProcess startListening(String name, Path folder, List<String> command,
      Map<String, String> environment) {
    Path stdout = folder.resolve(name + ".out");
    Path stderr = folder.resolve(name + ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(stdout.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      return new ChildProcess(name, process, watch(process), stdout, stderr);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command.getFirst(), e);
    }
  }

  // The watch reads from a pipe that only this JVM holds open. A shutdown hook would not run after SIGKILL, and the
  // kernel's parent-death signal follows the thread that started the child, which may end early.
  private static Process watch(Process child) throws IOException {
    return new ProcessBuilder("sh", "-c", "read _; kill -KILL \"$0\"", Long.toString(child.pid()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /// Writes a line to the standard input of a child that listens.
  ///
  /// @throws IllegalStateException
  ///           when it has ended or its standard input is closed; the message has the end of its output
  public void say(String line) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new IllegalStateException(name + " does not listen: " + tail(), e);
    }
  }

  /// Lines written so far to standard output; a line without its end is not shown yet.
  public List<String> stdout() {
    return lines(stdout);
  }

  /// Lines written so far to standard error; a line without its end is not shown yet.
  public List<String> stderr() {
    return lines(stderr);
  }

  /// Waits until a line of standard output or standard error contains a match of `regex`, and returns that line.
  ///
  /// @throws IllegalStateException
  ///           when the process ended or `patience` passed without such a line; the message has the end of the output
  public String awaitLine(String regex, Duration patience) {
    Pattern pattern = Pattern.compile(regex);
    try {
      await("a line with " + regex).atMost(patience).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20))
          .until(() -> !alive() || find(pattern).isPresent());
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(name + " wrote no line with " + regex + " in " + patience + ": " + tail(), e);
    }
    return find(pattern)
        .orElseThrow(() -> new IllegalStateException(name + " ended without a line with " + regex + ": " + tail()));
  }

  /// Waits for the end of the process and returns its exit code (128 + signal number after a signal).
  ///
  /// @throws IllegalStateException
  ///           when it still runs after `patience`
  public int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name + " still runs after " + patience + ": " + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
    watch.destroyForcibly();
    return process.exitValue();
  }

  /// Sends SIGKILL and waits for the end. Nothing happens when it has ended already.
  public void kill() {
    process.destroyForcibly();
    awaitExit(KILL_PATIENCE);
  }

  /// Sends SIGTERM, waits for an orderly end and returns the exit code.
  ///
  /// @throws IllegalStateException
  ///           when it still runs after `patience`
  public int terminate(Duration patience) {
    process.destroy();
    return awaitExit(patience);
  }

  /// Resident memory now and at its highest, from `/proc` (Linux only).
  public Memory memory() {
    try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
      return Memory.parse(status.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the memory of " + name, e);
    }
  }

  /// The last lines of both outputs, for messages of failed tests.
  public String tail() {
    List<String> all = new ArrayList<>(stdout());
    all.addAll(stderr());
    return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()));
  }

  @Override
  public void close() {
    kill();
  }

  private Optional<String> find(Pattern pattern) {
    return Stream.concat(stdout().stream(), stderr().stream()).filter(line -> pattern.matcher(line).find()).findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
