package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.e2e.planted.PlantedCustomer;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.monitor.check.Violation;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the other stories rely on when they say that no text of a log is stored.
@Story
class PlantedE2E {

  @Test
  @DisplayName("The shop of a story logs the planted texts, in error messages too, and Serin names the error without them")
  void logged(Installation serin) {
    var refuses = ErrorRule.always("Community <id> not found", 404).withTenants(0.3);
    try (var shop = Shop.open(serin, "planted", new Shop.Shape(2, 0, 60), Plans.ONE_STEP,
        AppVersion.healthy("shop:planted-1"))) {
      shop.sell(100);
      String stable = shop.stablePodNames().getFirst();
      await("a record of the planted customer").atMost(Shop.PATIENCE).until(() -> shop.log(stable).lines()
          .anyMatch(line -> line.contains(PlantedCustomer.TENANT) && line.contains(PlantedCustomer.FIELD)));

      shop.push(AppVersion.healthy("shop:planted-2").withErrors(refuses));
      await("an error about the planted customer").atMost(Shop.PATIENCE)
          .until(() -> shop.canaryPods().stream().map(pod -> pod.getMetadata().getName())
              .anyMatch(pod -> shop.log(pod).contains("Community " + PlantedCustomer.TOKEN + " not found")));

      assertThat(shop.awaitReason("SignatureRegressed").getStatus().message()).contains("Community <*> not found");
      assertThat(shop.planted().refused()).isPositive();
      assertThat(shop.awaitTold("SignatureRegressed")).isNotEmpty();
      assertThat(shop.awaitTold("NovelSignature")).anySatisfy(note -> assertThat(note)
          .startsWith("New on the canary, not on stable: \"Community <*> not found\" ("));
      // The planted customer is the same tenant again and again: a sample is made from its very lines.
      assertThat(shop.analyses().getFirst().getStatus().signatures())
          .filteredOn(seen -> seen.template().equals("Community <*> not found")).allSatisfy(seen -> {
            var canary = Objects.requireNonNull(seen.canary());
            assertThat(canary.samples()).isNotEmpty().allMatch(sample -> sample.startsWith("Community <"));
            assertThat(canary.mostHit()).allMatch(tenant -> tenant.matches("t-[0-9a-f]{6}"));
          }).anySatisfy(seen -> {
            assertThat(seen.novel()).isTrue();
            assertThat(seen.place()).startsWith("404 GET /communities/{}");
            var canary = Objects.requireNonNull(seen.canary());
            assertThat(canary.tenants()).isPositive();
            assertThat(canary.mostHit()).isNotEmpty();
          });
    }
  }

  @Test
  @DisplayName("A planted text in an event is found by the monitor of the stories")
  void found(Installation serin) {
    String namespace = serin.plane().newNamespace("leak");
    for (String text : PlantedCustomer.texts()) {
      serin.plane().applyYaml(namespace, """
          apiVersion: v1
          kind: Event
          metadata: {name: shop.%d}
          involvedObject: {kind: Rollout, name: shop, namespace: %s}
          message: "Rolled back: %s"
          """.formatted(text.hashCode() & 0xffff, namespace, text));
    }

    assertThat(serin.violations(namespace)).extracting(Violation::invariant).containsExactly("I16", "I16", "I16");
  }
}
