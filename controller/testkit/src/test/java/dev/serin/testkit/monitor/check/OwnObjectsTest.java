package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.deployment;
import static dev.serin.testkit.monitor.check.Shop.kept;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.testkit.monitor.store.StoredObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I11: Serin writes only its own and what a Rollout names")
class OwnObjectsTest {

  private static final String FOREIGN = ", which is neither its own nor named by a Rollout.";

  private final Shop shop = new Shop().learn(workload(), rollout());

  static Stream<Stored> own() {
    return Stream.of(rollout("Starting"), workload(), canary(0), kept("web:1"),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout()),
        Stored.of("v1", "Event", "web.1234"), replicaSet("web-1", "web:1").withLabel("serin.dev/arm", "canary"),
        deployment("orphaned").withLabel("serin.dev/rollout", "deleted-long-ago"));
  }

  static Stream<Stored> foreign() {
    return Stream.of(deployment("other"), replicaSet("web-1", "web:1"), Stored.of("v1", "Service", "web"),
        Stored.of("v1", "Secret", "web"), Stored.of("v1", "Pod", "web-1-abc"),
        kept("web:1").without("/metadata/ownerReferences"), Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc"),
        canary(0).without("/metadata/ownerReferences"),
        canary(0).ownedBy(rollout().with("/metadata/uid", "uid-of-a-former-one")),
        canary(0).ownedBy(Stored.of("argoproj.io/v1alpha1", "Rollout", "web")));
  }

  @ParameterizedTest
  @MethodSource("own")
  @DisplayName("Its own objects it may create and write")
  void own(Stored object) {
    assertThat(shop.broken(object.writtenBy(SERIN, NOON))).isEmpty();
    assertThat(shop.broken(object.writtenBy(SERIN, LATER))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("foreign")
  @DisplayName("Any other object it may neither create nor write; each write is reported")
  void foreign(Stored object) {
    String type = new StoredObject(object.json()).type();

    assertThat(shop.broken(object.writtenBy(SERIN, NOON))).containsExactly("I11: Serin wrote " + type + " "
        + object.name() + FOREIGN);
    assertThat(shop.broken(object.writtenBy(SERIN, LATER))).contains("I11: Serin wrote " + type + " "
        + object.name() + FOREIGN);
  }

  @ParameterizedTest
  @MethodSource("foreign")
  @DisplayName("Others may do all that")
  void byOthers(Stored object) {
    assertThat(shop.broken(object.writtenBy("kubectl-edit", NOON))).isEmpty();
    assertThat(shop.broken(object.writtenBy("kubectl-edit", LATER))).isEmpty();
  }

  @Test
  @DisplayName("Taking possession of a foreign canary is reported: whose it is was decided before")
  void takesPossession() {
    shop.learn(canary(0).without("/metadata/ownerReferences"));

    assertThat(shop.broken(canary(0).writtenBy(SERIN, NOON))).containsExactly(
        "I11: Serin wrote apps/Deployment web-canary" + FOREIGN);
  }

  @Test
  @DisplayName("A canary that nobody owns is Serin's to remove while its Rollout is being deleted without its dependents")
  void leavingWithoutDependents() {
    Stored canary = canary(0).without("/metadata/ownerReferences");
    shop.learn(canary, rollout().with("/metadata/deletionTimestamp", NOON));

    assertThat(shop.broken(canary.writtenBy(SERIN, NOON))).isEmpty();
  }

  @Test
  @DisplayName("Objects of a Rollout that is gone are still its own")
  void rolloutGone() {
    shop.learn(canary(0), kept("web:1"));
    assertThat(shop.brokenByDeleting(rollout())).isEmpty();

    assertThat(shop.broken(canary(0).writtenBy(SERIN, NOON))).isEmpty();
    assertThat(shop.broken(workload().writtenBy(SERIN, NOON))).isEmpty();
  }
}
