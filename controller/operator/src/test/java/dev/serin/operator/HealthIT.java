package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
class HealthIT {
  @Test
  @DisplayName("When the API server goes away the operator is not ready but alive: a restart would not help")
  void outlivesTheApiServer() {
    // A control plane of its own, because it is ended.
    var plane = ControlPlane.start();
    try (var operator = started(plane)) {
      var web = new Web(operator.port());
      await().atMost(Duration.ofSeconds(30)).until(() -> web.get("/health/readiness").statusCode() == 200);

      plane.close();

      await().atMost(Duration.ofSeconds(30)).until(() -> web.get("/health/readiness").statusCode() == 503);
      assertThat(web.get("/health/liveness").statusCode()).isEqualTo(200);
      assertThat(web.get("/prometheus").body())
          .contains("serin_kube_requests_total{code=\"error\",resource=\"other\",verb=\"get\"}");
    } finally {
      plane.close();
    }
  }

  private static SerinOperator started(ControlPlane plane) {
    Cluster.applyDefinitions(plane);
    return SerinOperator.start(OperatorSettings.local(plane.kubeconfig(Actor.ADMIN)));
  }
}
