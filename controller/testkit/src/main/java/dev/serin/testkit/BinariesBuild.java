package dev.serin.testkit;

import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Builds the control plane from Go modules with the `go` of the machine: about four minutes on two cores.
final class BinariesBuild {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final String FLAGS = "-s -w -X k8s.io/component-base/version.gitVersion=" + Binaries.VERSION
      + " -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36";

  private final Path folder;

  private BinariesBuild(Path folder) {
    this.folder = folder;
  }

  /// Builds what `folder` lacks. Of several builders, in any number of JVMs, one works and the others wait for it.
  static Binaries run(Path folder) {
    synchronized (BinariesBuild.class) {
      try {
        Files.createDirectories(folder);
        // Closing the channel gives the lock back; a second builder then finds all programs and builds nothing.
        try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
          if (channel.tryLock() == null) {
            say("waiting for another build in " + folder);
            channel.lock();
          }
          return new BinariesBuild(folder).build();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot build the control plane in " + folder, e);
      }
    }
  }

  private Binaries build() throws IOException {
    Path modules = Files.createTempDirectory("serin-control-plane-build-");
    try {
      copy("go.mod", modules);
      copy("go.sum", modules);
      for (String program : Binaries.PROGRAMS) {
        if (!Files.isExecutable(folder.resolve(program))) {
          say("building " + program + " of Kubernetes " + Binaries.VERSION + " (minutes, once; kept in " + folder
              + ")");
          int exit = build(program, modules);
          if (exit != 0) {
            return new Binaries.Missing(
                "`go build` of " + program + " failed: " + Files.readString(modules.resolve("go.err")));
          }
        }
      }
      return new Binaries.Found(folder);
    } catch (UncheckedIOException e) {
      return new Binaries.Missing("no `go` on the PATH to build with (" + e.getMessage() + "); install Go 1.26 or set "
          + Binaries.VARIABLE + " to a folder with " + Binaries.PROGRAMS);
    } finally {
      Folders.delete(modules);
    }
  }

  private int build(String program, Path modules) throws IOException {
    String source = program.equals("etcd") ? "go.etcd.io/etcd/server/v3" : "k8s.io/kubernetes/cmd/" + program;
    Path unfinished = folder.resolve(program + ".unfinished");
    List<String> command = List.of("go", "build", "-C", modules.toString(), "-trimpath", "-buildvcs=false", "-ldflags",
        FLAGS, "-o", unfinished.toString(), source);
    Map<String, String> environment = Map.of("CGO_ENABLED", "0", "GOWORK", "off", "GOFLAGS", "-mod=readonly");
    try (ChildProcess go = ChildProcess.start("go", modules, command, environment)) {
      int exit = go.awaitExit(PATIENCE);
      if (exit == 0) {
        // Moved when complete: a build that was interrupted must not look like a program.
        Files.move(unfinished, folder.resolve(program), StandardCopyOption.ATOMIC_MOVE);
      }
      return exit;
    }
  }

  private static void copy(String name, Path target) throws IOException {
    try (InputStream file = BinariesBuild.class.getResourceAsStream("control-plane/" + name)) {
      Files.copy(Objects.requireNonNull(file, name), target.resolve(name));
    }
  }

  private static void say(String text) {
    System.out.println("[control plane] " + text);
  }
}
