package dev.serin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

  private static final Binaries NOT_BUILT = new Binaries.Missing("no go");

  @TempDir
  private Path folder;

  @Test
  @DisplayName("The folder in the variable wins over the cache")
  void variableWins() throws IOException {
    Path named = programsIn("named");
    Path cache = programsIn("cache");

    assertThat(Binaries.locate(named.toString(), cache, _ -> NOT_BUILT)).isEqualTo(new Binaries.Found(named));
  }

  @Test
  @DisplayName("A folder in the variable that lacks a program is an error, not a reason to build")
  void incompleteVariableIsMissing() throws IOException {
    Path named = programsIn("named");
    Files.delete(named.resolve("kubectl"));

    Binaries binaries = Binaries.locate(named.toString(), programsIn("cache"), _ -> NOT_BUILT);

    assertThat(binaries).isInstanceOfSatisfying(Binaries.Missing.class,
        missing -> assertThat(missing.reason()).contains("SERIN_CONTROL_PLANE", named.toString(), "kubectl"));
  }

  @Test
  @DisplayName("A complete cache is used, an incomplete one is built")
  void cacheBeforeBuild() throws IOException {
    Path cache = programsIn("cache");
    assertThat(Binaries.locate(null, cache, _ -> NOT_BUILT)).isEqualTo(new Binaries.Found(cache));

    Files.delete(cache.resolve("etcd"));

    assertThat(Binaries.locate("", cache, _ -> NOT_BUILT)).isEqualTo(NOT_BUILT);
  }

  @Test
  @DisplayName("Without programs tests are skipped with the reason; with CI=true they fail with it")
  void skippedOutsideOfCi() {
    assertThat(RealControlPlaneExtension.decide(NOT_BUILT, false)).satisfies(result -> {
      assertThat(result.isDisabled()).isTrue();
      assertThat(result.getReason()).contains("no control plane: no go");
    });
    assertThatThrownBy(() -> RealControlPlaneExtension.decide(NOT_BUILT, true)).hasMessageContaining("no go");
    assertThat(RealControlPlaneExtension.decide(new Binaries.Found(folder), true).isDisabled()).isFalse();
  }

  private Path programsIn(String name) throws IOException {
    Path programs = Files.createDirectory(folder.resolve(name));
    for (String program : Binaries.PROGRAMS) {
      assertThat(Files.createFile(programs.resolve(program)).toFile().setExecutable(true)).isTrue();
    }
    return programs;
  }
}
