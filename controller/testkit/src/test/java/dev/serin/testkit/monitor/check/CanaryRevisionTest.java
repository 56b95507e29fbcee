package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I5: traffic goes to pods of the candidate")
class CanaryRevisionTest {

  private static final String OTHER = Shop.revision("web:3");

  private final Shop shop = new Shop().learn(workload(), rollout("Stepping", "50%"), canary(2));

  @Test
  @DisplayName("The labels that Kubernetes and Serin add make no other revision")
  void legitimateCanary() {
    assertThat(shop.broken(canary(2).with("/spec/template/metadata/labels/pod-template-hash", "abc"))).isEmpty();
    assertThat(shop.broken(rollout("Promoting", "100%"))).isEmpty();
  }

  @Test
  @DisplayName("Another template under traffic is reported once")
  void templateChanges() {
    Stored changed = canary(2).with("/spec/template", Shop.template("web:3"));

    assertThat(shop.broken(changed)).containsExactly("I5: The canary web-canary has 2 pods of revision " + OTHER
        + " in state 'Stepping', but the candidate is '" + NEW + "'.");
    assertThat(shop.broken(changed.withAnnotation("seen", "yes"))).isEmpty();
    assertThat(shop.broken(changed.with("/spec/replicas", 0))).isEmpty();
  }

  @Test
  @DisplayName("A new candidate that gets a state with exposure while the old canary has pods is reported")
  void candidateChanges() {
    assertThat(shop.broken(rollout("Raising", "50%").with("/status/candidate/revision", OTHER))).containsExactly(
        "I5: The canary web-canary has 2 pods of revision " + NEW + " in state 'Raising', but the candidate is '"
            + OTHER + "'.");
  }

  @Test
  @DisplayName("A new candidate begins while the old canary goes")
  void oldCanaryGoes() {
    assertThat(shop.broken(canary(0))).isEmpty();
    assertThat(shop.broken(rollout("Starting").with("/status/candidate/revision", OTHER))).isEmpty();
  }
}
