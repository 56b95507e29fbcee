package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Has a cluster of its own: its operator has rights in one namespace.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class NamespacesE2E {

  @Test
  @DisplayName("With rights in one namespace a version is promoted there, nothing is refused to the operator, and a Rollout elsewhere is not looked at")
  void oneNamespace() throws IOException {
    var plane = ControlPlane.start();
    String inside = plane.newNamespace("inside");
    String outside = plane.newNamespace("outside");
    String chart = Chart.render(Installation.NAMESPACE, "{hold: {policy: Always}, namespaces: [" + inside + "]}")
        .yaml();
    try (var serin = Installation.start(plane, chart, Map.of("SERIN_NAMESPACES", inside));
        var shop = Shop.openIn(serin, inside, Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:inside-1"));
        var other = Shop.openIn(serin, outside, Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:outside-1"))) {
      shop.awaitReason("Stable");
      shop.sell(60);
      shop.push(AppVersion.healthy("shop:inside-2"));
      await("the second version alone").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:inside-2")));
      shop.awaitReason("Stable");
      shop.awaitNoCanary();

      assertThat(other.rollout().getStatus().conditions()).isEmpty();
      assertThat(other.deployment().getMetadata().getLabels()).isNullOrEmpty();
      assertThat(plane.audit()).filteredOn(event -> event.user().equals(Installation.ACCOUNT))
          .as("requests of the operator").isNotEmpty().allSatisfy(event -> assertThat(event.code()).isNotEqualTo(403))
          .extracting(AuditEvent::namespace).doesNotContain(outside);
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
