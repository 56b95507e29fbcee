package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Workload.Fleet.Roll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentViewTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'25%'}} | false",
      "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':1}} | false",
      "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':2}} | true",
      "{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'100%'}} | true", "{'type':'Recreate'} | true",
      "{} | false"})
  @DisplayName("A strategy that may take all stable pods away is named with what to change")
  void unsafe(String strategy, boolean unsafe) {
    var view = view("{'metadata':{'name':'shop'},'spec':{'replicas':2,'strategy':" + strategy + "}}");
    if (unsafe) {
      assertThat(view.unsafeStrategy()).contains("shop").contains("set spec.strategy");
    } else {
      assertThat(view.unsafeStrategy()).isNull();
    }
  }

  @Test
  @DisplayName("A roll is placed only when its latest generation is observed and no old pod is left, and complete when all pods are available")
  void roll() {
    assertThat(rolled(3, 2, 2)).isEqualTo(Roll.COMPLETE);
    assertThat(rolled(3, 2, 1)).isEqualTo(Roll.PLACED);
    assertThat(rolled(2, 2, 2)).isEqualTo(Roll.UNDER_WAY);
    assertThat(rolled(3, 3, 2)).isEqualTo(Roll.UNDER_WAY);
    assertThat(view("{'metadata':{'generation':1},'spec':{'replicas':0},'status':{'observedGeneration':1}}").roll())
        .isEqualTo(Roll.COMPLETE);
  }

  /// Two replicas of generation 3, both updated.
  private static Roll rolled(int observed, int pods, int available) {
    return view(("{'metadata':{'generation':3},'spec':{'replicas':2},'status':{'observedGeneration':%d,'replicas':%d,"
        + "'updatedReplicas':2,'availableReplicas':%d}}").formatted(observed, pods, available)).roll();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"true | kubectl-rollout | Update | true", "true | kubectl-edit | Update | true",
      "true | serin-controller | Update | false", "true | argocd-controller | Apply | false",
      "false | kubectl-rollout | Update | false"})
  @DisplayName("Paused by a person is what somebody else's write paused; what a policy pauses has no owner, what an apply says may be the opposite")
  void pausedByPerson(boolean paused, String manager, String operation, boolean person) {
    String owner = "{'manager':'" + manager + "','operation':'" + operation
        + "','fieldsV1':{'f:spec':{'f:replicas':{},'f:paused':{}}}}";
    String other = "{'manager':'kubectl-edit','operation':'Update','fieldsV1':{'f:spec':{'f:replicas':{}}}}";
    assertThat(view("{'metadata':{'managedFields':[" + other + "," + owner + "]},'spec':{'paused':" + paused + "}}")
        .pausedByPerson()).isEqualTo(person);
    assertThat(view("{'metadata':{'managedFields':[" + other + "]},'spec':{'paused':true}}").pausedByPerson())
        .as("paused by a policy").isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{'metadata':{'name':'shop','labels':{'serin.dev/arm':'x'}}} | true",
      "{'metadata':{'name':'shop'},'spec':{'selector':{'matchLabels':{'serin.dev/arm':'x'}}}} | true",
      "{'metadata':{'name':'shop'},'spec':{'template':{'metadata':{'labels':{'serin.dev/arm':'x'}}}}} | true",
      "{'metadata':{'name':'shop','labels':{'serin.dev/rollout':'shop'}}} | false"})
  @DisplayName("The label that tells canaries is the user's nowhere")
  void reservedLabel(String deployment, boolean reserved) {
    if (reserved) {
      assertThat(view(deployment).reservedLabel()).contains("shop").contains("serin.dev/arm").contains("take it away");
    } else {
      assertThat(view(deployment).reservedLabel()).isNull();
    }
  }

  @Test
  @DisplayName("A container that is asked for and does not exist is named, with those that do")
  void unknownContainer() {
    var view = view("{'metadata':{'name':'shop'},'spec':{'template':{'spec':{'containers':"
        + "[{'name':'app'},{'name':'proxy'}]}}}}");
    assertThat(view.unknownContainer("app")).isNull();
    assertThat(view.unknownContainer("web")).contains("no container web", "to one of app, proxy");
  }

  private static DeploymentView view(String json) {
    return new DeploymentView(PodTemplateTest.json(json));
  }
}
