package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Has a cluster of its own: nobody else must lose the definitions.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class DefinitionsDeletedE2E {

  private static final String CHART = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}").yaml();

  @Test
  @DisplayName("Definitions deleted during a step take Rollouts and canary with them and leave stable alone, the version held; applied again, they and a new Rollout work with the same operator")
  void duringStep() throws IOException {
    try (var serin = Installation.start(ControlPlane.start(), CHART);
        var shop = Shop.open(serin, "undefined", Shop.Shape.USUAL, Plans.GATED,
            AppVersion.healthy("shop:undefined-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:undefined-2"));

      var admin = serin.plane().kubectl(Actor.ADMIN);
      for (String definition : new String[]{"rollouts.serin.dev", "analyses.serin.dev"}) {
        assertThat(admin.run("delete", "crd", definition, "--wait=false").exit()).isZero();
      }

      shop.awaitNoCanary();
      await("the definitions are gone").atMost(Shop.PATIENCE)
          .until(() -> !admin.run("get", "crds", "-o", "name").stdout().contains("serin.dev"));
      shop.awaitRequests(300);
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(keeper.held()).isTrue();

      serin.plane().applyYaml(Installation.NAMESPACE, CHART);
      await("Rollouts can be created").atMost(Shop.PATIENCE).ignoreExceptions().until(() -> {
        keeper.plan(Plans.GATED);
        return true;
      });
      keeper.approveAll("shop:undefined-2");
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }
}
