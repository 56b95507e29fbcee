package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.ContainerTrouble.CrashLooping;
import dev.serin.signature.ContainerTrouble.Exited;
import dev.serin.signature.ContainerTrouble.Probe;
import dev.serin.signature.ContainerTrouble.ProbeFailed;
import dev.serin.signature.merge.SignatureGroup;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTroubleTest {

  @ParameterizedTest
  @DisplayName("Restart or probe, reason with code, and container make the signature, and its template names what happened to which container")
  @MethodSource("troubles")
  void names(ContainerTrouble trouble, String kind, String reason) {
    var signature = trouble.signature();

    assertThat(signature.family()).isEqualTo(Family.K8S);
    assertThat(signature.levels()).containsExactly(kind, reason);
    assertThat(signature.template()).isEqualTo("container app: " + reason);
    assertThat(signature.name()).isEmpty();
  }

  static Stream<Arguments> troubles() {
    return Stream.of(Arguments.of(new Exited("app", "OOMKilled", 137), "restart", "OOMKilled 137"),
        Arguments.of(new Exited("app", "Error", 1), "restart", "Error 1"),
        Arguments.of(new Exited("app", "", 3), "restart", "Error 3"),
        Arguments.of(new Exited("app", "Error", 0), "restart", "Error 0"),
        Arguments.of(new CrashLooping("app"), "restart", "CrashLoopBackOff"),
        Arguments.of(new ProbeFailed("app", Probe.LIVENESS, OptionalInt.of(503)), "probe", "liveness 503"),
        Arguments.of(new ProbeFailed("app", Probe.READINESS, OptionalInt.empty()), "probe", "readiness"),
        Arguments.of(new ProbeFailed("app", Probe.STARTUP, OptionalInt.of(1)), "probe", "startup 1"));
  }

  @ParameterizedTest
  @DisplayName("A reason that is no single word is not shown: it could hold anything")
  @ValueSource(strings = {"failed for jane@example.org", "x", "Error: tenant acme", "OOMKilled\u001b[31m"})
  void hidesFreeText(String reason) {
    assertThat(new Exited("app", reason, 1).signature()).isEqualTo(new Exited("app", "Error", 1).signature());
  }

  @Test
  @DisplayName("IDs are those of an independent computation, and differ by container, reason and code")
  void agreesWithPython() {
    // Python 3: "s1-" + base64.b32encode(hashlib.sha256("\0".join(parts).encode()).digest()[:10]).decode().lower()
    assertThat(new Exited("app", "OOMKilled", 137).signature().id()).isEqualTo(new SignatureId("s1-doq62qeicwpeyg3v"));
    assertThat(Stream.of(new Exited("app", "OOMKilled", 137), new Exited("web", "OOMKilled", 137),
        new Exited("app", "Error", 137), new Exited("app", "OOMKilled", 1)).map(ContainerTrouble::signature)
        .map(Signature::id)).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("Containers are names that the user chose: their troubles are never united")
  void unitesNoContainers() {
    var signatures = IntStream.range(0, 8).mapToObj(i -> new Exited("qx" + (char) ('a' + i) + "zz", "Error", 1))
        .map(ContainerTrouble::signature).toList();

    assertThat(SignatureGroup.of(signatures)).allSatisfy((id, group) -> assertThat(group.id()).isEqualTo(id));
  }

  @Test
  @DisplayName("A container that completed, or has no name, is refused")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Exited("app", "Completed", 0))
        .withMessageContaining("no trouble");
    assertThatIllegalArgumentException().isThrownBy(() -> new CrashLooping(" ")).withMessageContaining("blank");
    assertThatIllegalArgumentException().isThrownBy(() -> new ProbeFailed("", Probe.LIVENESS, OptionalInt.empty()));
  }
}
