package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.OLD;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.kept;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I14: fields of others stay byte-identical")
class ForeignFieldsTest {

  private static final String PREFIX = "I14: Serin changed fields of others in the user's Deployment: ";

  private final Stored before = workload().withAnnotation("owner", "shop-team").writtenBy("kubectl", NOON);
  private final Shop shop = new Shop().learn(before, rollout(), kept("web:1"));

  @Test
  @DisplayName("Label, own annotations, the pause and a kept template are Serin's to write")
  void legitimateWrites() {
    assertThat(shop.broken(before.without("/metadata/labels").writtenBy(SERIN, NOON))).isEmpty();
    assertThat(shop.broken(before.withAnnotation("serin.dev/sequence", "3").with("/spec/paused", false)
        .with("/metadata/generation", 7).with("/metadata/resourceVersion", "8").with("/status/replicas", 2)
        .writtenBy(SERIN, LATER))).isEmpty();
    assertThat(
        shop.broken(before.with("/spec/template", Shop.template("web:1")).writtenBy(SERIN, "2026-01-02T00:00:00Z")))
        .isEmpty();
  }

  @Test
  @DisplayName("Replicas, strategy, selector, foreign labels and annotations are reported with both values")
  void foreignFields() {
    Stored written = before.with("/spec/replicas", 5).with("/spec/strategy/type", "Recreate")
        .with("/spec/selector/matchLabels", Map.of("app", "shop")).withLabel("team", "x").withAnnotation("owner", "me")
        .writtenBy(SERIN, LATER);

    assertThat(shop.broken(written)).containsExactly(PREFIX + "metadata.annotations.owner: \"shop-team\" -> \"me\"; "
        + "metadata.labels.team: nothing -> \"x\"; spec.replicas: 3 -> 5; spec.selector.matchLabels.app: \"web\" -> "
        + "\"shop\"; spec.strategy.type: nothing -> \"Recreate\".");
  }

  @Test
  @DisplayName("A write is Serin's by its sequence alone")
  void bySequence() {
    assertThat(shop.broken(before.with("/spec/replicas", 5).withAnnotation("serin.dev/sequence", "1")))
        .containsExactly(PREFIX + "spec.replicas: 3 -> 5.");
  }

  @Test
  @DisplayName("A template that is not kept for the Rollout is reported")
  void templateNotKept() {
    shop.learn(before.with("/spec/template", Shop.template("web:1")));
    assertThat(shop.broken(before.writtenBy(SERIN, LATER))).containsExactly("I14: Serin changed the template of the "
        + "user's Deployment from revision " + OLD + " to " + NEW + ", which is not kept for a Rollout that names it.");

    shop.learn(before.with("/spec/template", Shop.template("web:1")),
        kept("web:2").ownedBy(rollout().with("/metadata/uid", "uid-of-another")));
    assertThat(shop.broken(before.writtenBy(SERIN, LATER))).hasSize(1);
  }

  @Test
  @DisplayName("What others write is theirs, and a canary is Serin's")
  void notTheUsers() {
    assertThat(shop.broken(before.with("/spec/replicas", 9).writtenBy("kubectl", LATER))).isEmpty();

    shop.learn(canary(0));
    assertThat(shop.broken(canary(0).with("/spec/minReadySeconds", 5).writtenBy(SERIN, LATER))).isEmpty();
  }
}
