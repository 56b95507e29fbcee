package dev.serin.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.judge.Arm;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.workload.DeploymentView;
import dev.serin.operator.workload.FleetPod;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.rollout.Revision;
import dev.serin.signature.ContainerTrouble.Exited;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private static final Revision OLD = new Revision("aaaaaaaaaa");
  private static final Revision NEW = new Revision("bbbbbbbbbb");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String KILLED = exit("OOMKilled", 137, "'2026-01-01T12:00:00Z'");
  private static final PodTarget.Exit OUT_OF_MEMORY = new PodTarget.Exit(new Exited("app", "OOMKilled", 137), 2,
      NOON.minusSeconds(3600), NOON);

  @Test
  @DisplayName("Of each ready pod the last exits of all its containers are told, whichever container's log is read")
  void tellsExits() {
    Pod pod = pod("canary-1", "", container("app", 2, KILLED), container("proxy", 0, ""));

    assertThat(targets(pod)).containsExactly(new PodTarget("shop", "canary-1", "uid-canary-1", "app", Arm.CANARY,
        NOON.plusSeconds(1), List.of(OUT_OF_MEMORY)));
    assertThat(Targets.of(workload(pod), OLD, NEW, Optional.of("proxy"))).singleElement().satisfies(target -> {
      assertThat(target.container()).isEqualTo("proxy");
      assertThat(target.exits()).containsExactly(OUT_OF_MEMORY);
    });
  }

  @Test
  @DisplayName("A container that completed is no trouble, nor is one of which the node does not know how or when it ended")
  void leavesOutWhatIsNoTrouble() {
    assertThat(exits(exit("Completed", 0, "'2026-01-01T12:00:00Z'"))).isEmpty();
    assertThat(exits(exit("ContainerStatusUnknown", 137, "null"))).isEmpty();
    assertThat(exits(exit("Unknown", 255, "'2026-01-01T12:00:00Z'"))).isEmpty();
    assertThat(exits(exit("Error", 1, "null"))).isEmpty();
    assertThat(exits(exit("Error", 1, "'2026-01-01T12:00:00Z'"))).hasSize(1);
  }

  @Test
  @DisplayName("A pod that is being deleted tells no exits: Kubernetes itself stops its containers")
  void leavesOutTerminatingPods() {
    assertThat(targets(pod("canary-1", ",'deletionTimestamp':'2026-01-01T12:00:05Z'", container("app", 2, KILLED))))
        .isEmpty();
  }

  private static List<PodTarget.Exit> exits(String lastState) {
    return targets(pod("canary-1", "", container("app", 2, lastState))).iterator().next().exits();
  }

  private static Set<PodTarget> targets(Pod pod) {
    return Targets.of(workload(pod), OLD, NEW, Optional.empty());
  }

  private static WorkloadSnapshot workload(Pod pod) {
    return new WorkloadSnapshot(new DeploymentView(new ObjectMapper().createObjectNode()), Map.of(),
        List.of(new FleetPod(pod, NEW)), Optional.empty(), Set.of(), Optional.empty());
  }

  private static String exit(String reason, int code, String finishedAt) {
    return "'terminated':{'reason':'%s','exitCode':%d,'startedAt':'2026-01-01T11:00:00Z','finishedAt':%s}"
        .formatted(reason, code, finishedAt);
  }

  private static String container(String name, int restarts, String lastState) {
    return "{'name':'%s','restartCount':%d,'state':{'running':{'startedAt':'2026-01-01T12:00:01Z'}},'lastState':{%s}}"
        .formatted(name, restarts, lastState);
  }

  private static Pod pod(String name, String metadata, String... containers) {
    String json = """
        {'metadata':{'namespace':'shop','name':'%1$s','uid':'uid-%1$s'%2$s},'spec':{'containers':[{'name':'app'}]},
        'status':{'conditions':[{'type':'Ready','status':'True','lastTransitionTime':'2026-01-01T12:00:02Z'}],
        'initContainerStatuses':[{'name':'prepare','restartCount':1,'lastState':{%4$s}}],
        'containerStatuses':[%3$s]}}""".formatted(name, metadata, String.join(",", containers), KILLED);
    return Serialization.unmarshal(json.replace('\'', '"'), Pod.class);
  }
}
