package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealControlPlane
class OperatorProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  private Path folder;

  @Test
  @DisplayName("As a process it takes its settings from the environment, logs only JSON, and ends with 0 on SIGTERM")
  void livesAndEnds(ControlPlane plane) throws JsonProcessingException {
    Cluster.applyDefinitions(plane);
    var namespace = plane.newNamespace("process");
    var elsewhere = plane.newNamespace("elsewhere");
    try (var operator = ChildJvm.of("dev.serin.operator.SerinOperator", folder)
        .withEnvironment("KUBECONFIG", plane.kubeconfig(Actor.ADMIN).toString())
        .withEnvironment("SERIN_HTTP_PORT", "0")
        .withEnvironment("SERIN_NAMESPACES", namespace)
        .withEnvironment("SERIN_RELOOK", "2m")
        .start()) {
      var started = json(operator.awaitLine("Operator started", PATIENCE));
      var web = new Web(started.get("port").intValue());
      await().atMost(PATIENCE).until(() -> web.get("/health/readiness").statusCode() == 200);
      Cluster.applyRollout(plane, elsewhere, "other");
      Cluster.applyRollout(plane, namespace, "mine");
      await().atMost(PATIENCE).until(() -> web.get("/prometheus").body().contains(
          "serin_reconcile_total{result=\"success\"} 1.0"));

      assertThat(operator.terminate(PATIENCE)).isZero();

      assertThat(operator.stdout()).isNotEmpty().allSatisfy(line -> assertThat(json(line).has("msg")).isTrue());
      assertThat(operator.stderr()).filteredOn(line -> !line.startsWith("WARNING: ")).isEmpty();
    }
  }

  private static JsonNode json(String line) throws JsonProcessingException {
    return new ObjectMapper().readTree(line);
  }
}
