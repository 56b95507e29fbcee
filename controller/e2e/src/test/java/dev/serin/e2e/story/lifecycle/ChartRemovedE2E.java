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
import dev.serin.testkit.chart.RenderedChart;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Has a cluster of its own: nobody else must lose the chart.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class ChartRemovedE2E {

  private static final String WITHDRAW = "kubectl scale deployment -l serin.dev/arm=canary --replicas=0 -n <namespace>";
  private static final String RESUME = "kubectl rollout resume deployment/<name> -n <namespace>";
  private static final String UNGUARD = "kubectl patch srn/<rollout> -n <namespace> --type=json -p '[{\"op\": \"test\", "
      + "\"path\": \"/metadata/finalizers/0\", \"value\": \"serin.dev/route-restore\"}, {\"op\": \"remove\", "
      + "\"path\": \"/metadata/finalizers/0\"}]'";

  @Test
  @DisplayName("The chart uninstalled during a step leaves the canary and the hold as they are, and NOTES has the commands that take users to stable and release the Deployment")
  void duringStep() throws IOException {
    RenderedChart chart = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}");
    String notes = Files.readString(Chart.folder().resolve("templates/NOTES.txt"));
    assertThat(notes).contains(WITHDRAW, RESUME, UNGUARD);
    try (var serin = Installation.start(ControlPlane.start(), chart.yaml());
        var shop = Shop.open(serin, "unplugged", Shop.Shape.USUAL, Plans.GATED,
            AppVersion.healthy("shop:unplugged-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:unplugged-2"));
      String canary = shop.canaryPods().getFirst().getMetadata().getUid();

      serin.kill();
      uninstall(serin, chart);

      shop.awaitRequests(300);
      assertThat(shop.canaryPods()).extracting(pod -> pod.getMetadata().getUid()).containsExactly(canary);
      assertThat(keeper.held()).isTrue();
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(shop.rollout()).as("definitions and Rollouts are kept").isNotNull();

      follow(keeper, WITHDRAW);
      await("no canary pod").atMost(Shop.PATIENCE).until(() -> shop.canaryPods().isEmpty());
      assertThat(shop.stablePods()).isEqualTo(pods);
      keeper.deleteRollout();
      follow(keeper, UNGUARD);
      keeper.awaitRolloutGone();
      shop.awaitNoCanary();
      follow(keeper, RESUME);
      await("Kubernetes alone rolls it").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().contains("shop:unplugged-2"));
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  /// What `helm uninstall` does: definitions are kept by their annotation.
  private static void uninstall(Installation serin, RenderedChart chart) {
    var admin = serin.plane().client(Actor.ADMIN);
    chart.objects().stream().filter(object -> !object.getKind().equals("CustomResourceDefinition"))
        .forEach(object -> admin.resource(object).inNamespace(Installation.NAMESPACE).delete());
  }

  /// Runs a command of the notes as it is written there.
  private static void follow(ShopKeeper keeper, String command) {
    String json = command.contains("'") ? command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\'')) : "";
    String words = json.isEmpty() ? command : command.substring(0, command.indexOf('\'')) + "JSON";
    keeper.kubectl(words.replace(" -n <namespace>", "").replace("<name>", "shop").replace("<rollout>", "shop")
        .substring("kubectl ".length()).replace("JSON", json.replace(" ", "")).split(" ", -1));
  }
}
