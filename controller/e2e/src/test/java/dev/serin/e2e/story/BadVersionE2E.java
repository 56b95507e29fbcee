package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.LogFormat;
import dev.serin.sandbox.app.LoggedRequests;
import dev.serin.testkit.Actor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class BadVersionE2E {

  @Test
  @DisplayName("A version that answers a few tenants with 404 is rolled back; stable's pods are untouched and the Deployment stays held")
  void rolledBack(Installation serin) {
    try (var shop = Shop.open(serin, "bad", Shop.Shape.USUAL, Plans.TWO_STEPS, AppVersion.healthy("shop:bad-1"))) {
      shop.sell(120);
      var stable = shop.stablePods();
      long writes = shop.operatorWrites();

      Instant pushed = InstantSource.system().instant();
      shop.push(AppVersion.healthy("shop:bad-2").withErrors(ErrorRule.always("Community <id> not found", 404)
          .withTenants(0.3).inBursts(Duration.ofSeconds(5), Duration.ofSeconds(5))));
      var rollout = shop.awaitReason("SignatureRegressed");

      assertThat(rollout.getStatus().verdict()).extracting(RolloutStatus.Verdict::type)
          .isEqualTo(VerdictType.ROLL_BACK);
      assertThat(rollout.getStatus().message()).contains("Community <*> not found").contains("canary")
          .containsPattern("On the canary it hit about [0-9]+ tenants?, t-[0-9a-f]{6} most[.]$");
      assertThat(rollout.getStatus().vetoes()).singleElement()
          .satisfies(veto -> assertThat(veto.reason()).isEqualTo("SignatureRegressed"));
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      assertThat(shop.sales().failed("shop:bad-1")).isZero();

      report(shop, pushed, shop.operatorWrites() - writes);

      reapplyingChangesNothing(serin, shop);
      assertThat(shop.stablePods()).isEqualTo(stable);
    }
  }

  @Test
  @DisplayName("Errors that hold the name of whom they hit are one signature, and tenants are found where the Rollout says")
  void namesAreOneSignature(Installation serin) {
    try (var shop = Shop.open(serin, "names", Shop.Shape.USUAL, Plans.TENANTS_BY_PATH,
        AppVersion.healthy("shop:names-1").withLogs(LogFormat.PLAIN, LoggedRequests.ALL))) {
      shop.sell(120);

      shop.push(AppVersion.healthy("shop:names-2").withLogs(LogFormat.PLAIN, LoggedRequests.ALL)
          .withErrors(ErrorRule.always("The mailbox of <name> was not found", 404).withTenants(0.3)));
      var rollout = shop.awaitReason("SignatureRegressed");

      assertThat(rollout.getStatus().message()).contains("\"The mailbox of <*> was not found\"")
          .containsPattern("On the canary it hit about [0-9]+ tenants?, t-[0-9a-f]{6} most[.]$");
      assertThat(shop.analyses()).singleElement().satisfies(analysis -> {
        assertThat(analysis.getStatus().signatures()).filteredOn(found -> found.template().contains("mailbox"))
            .extracting(AnalysisStatus.SignatureSummary::template)
            .containsOnly("The mailbox of <*> was not found").as("one of each route").hasSizeBetween(1, 3);
        assertThat(Serialization.asJson(analysis)).doesNotContain("heim");
      });
    }
  }

  /// Figures for people; nothing is asserted on a shared machine's clock.
  private static void report(Shop shop, Instant pushed, long writes) {
    var sales = shop.sales();
    var verdict = shop.rollout().getStatus().vetoes().getFirst().at();
    var firstBad = sales.firstFailure("shop:bad-2", _ -> true);
    var last = sales.lastCanaryAnswer("shop:bad-2");
    System.out.printf(
        "figure: push %s, first bad response %s, rolled back %s, last canary answer %s%n", pushed, firstBad, verdict,
        last);
    System.out.printf("figure: API writes of one roll back: %d, failed requests on the canary: %d%n", writes,
        sales.failed("shop:bad-2"));
  }

  private static void reapplyingChangesNothing(Installation serin, Shop shop) {
    var counts = new ArrayDeque<Long>();
    await("the operator has nothing left to write").atMost(Shop.PATIENCE).pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          counts.add(shop.operatorWrites());
          return counts.size() > 3 && counts.removeFirst().equals(counts.getLast());
        });
    long before = counts.getLast();
    var live = shop.deployment();
    live.getMetadata().setResourceVersion(null);
    live.getMetadata().setManagedFields(null);
    for (int i = 0; i < 10; i++) {
      // Delivery tools do not say paused, some say false; neither may release the held version.
      live.getSpec().setPaused(i % 2 == 0 ? null : Boolean.FALSE);
      serin.plane().client(Actor.DELIVERY).resource(live).forceConflicts().serverSideApply();
    }
    shop.awaitRequests(600);
    assertThat(shop.canary()).isNull();
    assertThat(shop.deployment().getSpec().getPaused()).isTrue();
    assertThat(Shop.reason(shop.rollout())).isEqualTo("SignatureRegressed");
    assertThat(shop.operatorWrites()).isEqualTo(before);
  }
}
