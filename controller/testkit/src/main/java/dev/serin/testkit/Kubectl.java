package dev.serin.testkit;

import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The real kubectl, bound to one kubeconfig.
///
/// @param program
///          path of the binary
/// @param kubeconfig
///          path of the file that names server and token
public record Kubectl(Path program, Path kubeconfig) {

  private static final int PATIENCE_SECONDS = 200;

  /// What one call said.
  ///
  /// @param exit
  ///          exit code, 0 for success
  public record Result(int exit, String stdout, String stderr) {}

  /// The kubectl of the control plane's version, for a server that is not ours.
  ///
  /// @throws IllegalStateException
  ///           when there are no programs, see [RealControlPlane]
  public static Kubectl of(Path kubeconfig) {
    return switch (Binaries.locate()) {
      case Binaries.Found(var programs) -> new Kubectl(programs.resolve("kubectl"), kubeconfig);
      case Binaries.Missing(var reason) -> throw new IllegalStateException("no kubectl: " + reason);
    };
  }

  /// Runs to the end, with an empty standard input.
  ///
  /// @throws IllegalStateException
  ///           when it does not end within a minute
  public Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /// Runs to the end; `input` is what `-f -` reads.
  ///
  /// @throws IllegalStateException
  ///           when it does not end within a minute
  public Result runWithInput(String input, String... arguments) {
    try {
      Path folder = Files.createTempDirectory("serin-kubectl-");
      try {
        return run(folder, input, List.of(arguments));
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kubectl", e);
    }
  }

  /// Starts a call that runs until it is closed, such as `get --watch` or `logs --follow`; output goes to `folder`.
  public ChildProcess start(Path folder, String... arguments) {
    return ChildProcess.start("kubectl", folder, command(List.of(arguments)), Map.of());
  }

  private Result run(Path folder, String input, List<String> arguments) throws IOException {
    Path stdin = Files.writeString(folder.resolve("in"), input);
    Path stdout = folder.resolve("out");
    Path stderr = folder.resolve("err");
    Process process = new ProcessBuilder(command(arguments)).redirectInput(stdin.toFile())
        .redirectOutput(stdout.toFile()).redirectError(stderr.toFile()).start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("kubectl " + arguments + " still runs after " + PATIENCE_SECONDS + " s: "
            + Files.readString(stderr));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl ran", e);
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(
        List.of(program.toString(), "--kubeconfig", kubeconfig.toString(), "--cache-dir",
            kubeconfig.resolveSibling("kubectl-cache").toString()));
    command.addAll(arguments);
    return command;
  }
}
