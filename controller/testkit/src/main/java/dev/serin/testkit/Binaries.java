package dev.serin.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the programs of the control plane are, or why there are none.
sealed interface Binaries {

  /// Version of Kubernetes; the cache is keyed by it.
  String VERSION = "v1.36.3";

  List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

  /// Name of the environment variable with the folder of ready-made programs.
  String VARIABLE = "SERIN_CONTROL_PLANE";

  /// @param folder
  ///          has all of [#PROGRAMS]
  record Found(Path folder) implements Binaries {}

  /// @param reason
  ///          one sentence that says what to do
  record Missing(String reason) implements Binaries {}

  /// The folder in `SERIN_CONTROL_PLANE`, else the cache, else a build into the cache, which takes minutes.
  static Binaries locate() {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "serin", "control-plane", VERSION);
    return locate(System.getenv(VARIABLE), cache, BinariesBuild::run);
  }

  /// Builds into the given folder.
  interface Build {
    Binaries run(Path folder);
  }

  static Binaries locate(@Nullable String variable, Path cache, Build build) {
    if (variable != null && !variable.isBlank()) {
      Path folder = Path.of(variable);
      return complete(folder)
          ? new Found(folder)
          : new Missing(VARIABLE + " is " + folder + ", which does not have all of " + PROGRAMS);
    }
    return complete(cache) ? new Found(cache) : build.run(cache);
  }

  static boolean complete(Path folder) {
    return PROGRAMS.stream().allMatch(program -> Files.isExecutable(folder.resolve(program)));
  }
}
