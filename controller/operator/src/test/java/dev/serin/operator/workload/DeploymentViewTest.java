package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

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
  @DisplayName("A Deployment is complete only when its latest generation is observed and no old pod is left")
  void complete() {
    String status = "{'observedGeneration':%d,'replicas':%d,'updatedReplicas':2,'availableReplicas':2}";
    assertThat(view("{'metadata':{'generation':3},'spec':{'replicas':2},'status':" + status.formatted(3, 2) + "}")
        .complete()).isTrue();
    assertThat(view("{'metadata':{'generation':3},'spec':{'replicas':2},'status':" + status.formatted(2, 2) + "}")
        .complete()).isFalse();
    assertThat(view("{'metadata':{'generation':3},'spec':{'replicas':2},'status':" + status.formatted(3, 3) + "}")
        .complete()).isFalse();
    assertThat(view("{'metadata':{'generation':1},'spec':{'replicas':0},'status':{'observedGeneration':1}}").complete())
        .isTrue();
  }

  private static DeploymentView view(String json) {
    return new DeploymentView(PodTemplateTest.json(json));
  }
}
