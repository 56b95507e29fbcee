package dev.serin.sandbox.api.select;

import static dev.serin.sandbox.support.Manifests.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

  @ParameterizedTest(name = "{0} on app=shop,tier=web is {1}")
  @DisplayName("Equality, sets and presence select as in Kubernetes")
  @CsvSource(delimiter = '|', value = {"''|true", "app=shop|true", "app==shop|true", "app=other|false",
      "app!=shop|false",
      "missing!=x|true", "app in (shop, other)|true", "app in (other)|false", "app notin (shop)|false",
      "missing notin (x)|true",
      "app|true", "!app|false", "!missing|true", "app=shop,tier in (web,db),!missing|true", "app=shop,tier=db|false",
      "serin.dev/arm|false"})
  void selects(String selector, boolean expected) {
    var labelled = object("{metadata: {labels: {app: 'shop', tier: 'web'}}}");

    assertThat(LabelSelector.parse(selector).matches(labelled)).isEqualTo(expected);
  }

  @Test
  @DisplayName("The selector of a workload combines matchLabels and matchExpressions")
  void readsObjects() {
    var selector = LabelSelector.ofObject(object("""
        {matchLabels: {app: 'shop'}, matchExpressions: [{key: 'serin.dev/arm', operator: 'DoesNotExist'}]}"""));

    assertThat(selector.matches(object("{metadata: {labels: {app: 'shop'}}}"))).isTrue();
    assertThat(selector.matches(object("{metadata: {labels: {app: 'shop', 'serin.dev/arm': 'canary'}}}"))).isFalse();
  }

  @Test
  @DisplayName("What is not a selector is refused with the part that is wrong")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse("a=b,c in d"))
        .withMessageContaining("c in d");
  }
}
