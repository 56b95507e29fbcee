package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.rollout.Canary;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkloadSightTest {

  private static final String LABELS = "'labels':{'serin.dev/rollout':'shop','serin.dev/arm':'canary'}";
  private static final String OURS = LABELS + ",'ownerReferences':[{'uid':'uid-1'}]";
  private static final String FORMER = LABELS + ",'ownerReferences':[{'uid':'uid-0'}]";
  private static final String OTHER = "'labels':{'serin.dev/rollout':'other','serin.dev/arm':'canary'}";

  @Test
  @DisplayName("A canary is ours when this very Rollout owns it; one that lost its owner is foreign")
  void owned() {
    assertThat(canary(OURS, null)).isInstanceOf(Canary.Present.class);
    assertThat(canary(FORMER, null)).isEqualTo(new Canary.Foreign("shop-canary"));
    assertThat(canary(LABELS, null)).isEqualTo(new Canary.Foreign("shop-canary"));
  }

  @Test
  @DisplayName("While the Rollout is being deleted, its canary is ours also when its owner was taken off: it must not stay")
  void orphaned() {
    String leaving = "2026-11-24T12:00:00Z";
    assertThat(canary(LABELS, leaving)).isInstanceOf(Canary.Present.class);
    assertThat(canary(FORMER, leaving)).isEqualTo(new Canary.Foreign("shop-canary"));
    assertThat(canary(OTHER, leaving)).isEqualTo(new Canary.Foreign("shop-canary"));
  }

  private static Canary canary(String metadata, @Nullable String deletion) {
    var rollout = new Rollout();
    rollout.setMetadata(
        new ObjectMetaBuilder().withName("shop").withUid("uid-1").withDeletionTimestamp(deletion).build());
    String json = "{'metadata':{'name':'shop-canary'," + metadata + "},'spec':{'replicas':1,'template':{}}}";
    try {
      var view = new DeploymentView(new ObjectMapper().readTree(json.replace('\'', '"')));
      return WorkloadSight.canary(rollout, Optional.of(new CanarySnapshot(view, List.of())));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
