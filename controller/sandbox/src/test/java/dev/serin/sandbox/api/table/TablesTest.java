package dev.serin.sandbox.api.table;

import static dev.serin.sandbox.support.Manifests.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

  @ParameterizedTest(name = "{0} finds {1}")
  @DisplayName("The JSONPath of printer columns")
  @CsvSource(delimiter = '|', value = {".spec.name|a", ".spec.list[0]|x", ".spec.list[*]|x,y", ".spec['name']|a",
      ".status.conditions[?(@.type==\"Ready\")].status|True",
      ".status.conditions[?(@.type==\"Other\")].status|''", ".spec.missing|''", ".spec..name|''"})
  void followsPaths(String path, String expected) {
    var node = object(
        """
            {spec: {name: 'a', list: ['x', 'y']}, status: {conditions: [{type: 'Stalled', status: 'False'}, {type: 'Ready', status: 'True'}]}}""");

    var found = JsonPath.parse(path).find(node).stream().map(JsonNode::asText).toList();

    assertThat(String.join(",", found)).isEqualTo(expected == null ? "" : expected);
  }

  // kubectl v1.36.3: HumanDuration in k8s.io/apimachinery/pkg/util/duration v0.36.3, cases of its own test.
  @ParameterizedTest(name = "{0} is {1}")
  @DisplayName("Ages read as kubectl writes them")
  @CsvSource({"PT1S,1s", "PT70S,70s", "PT190S,3m10s", "PT70M,70m", "PT47H,47h", "PT49H,2d1h", "P9D,9d", "P365D,365d",
      "P731D,2y1d", "PT-2S,<invalid>"})
  void writesAges(Duration age, String expected) {
    assertThat(Ages.of(age)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @DisplayName("The status of a pod is the word that people know")
  @CsvSource(delimiter = '|', value = {"{status: {phase: 'Running'}}|Running",
      "{metadata: {deletionTimestamp: 'x'}, status: {phase: 'Running'}}|Terminating",
      "{status: {phase: 'Running', containerStatuses: [{state: {waiting: {reason: 'CrashLoopBackOff'}}}]}}|CrashLoopBackOff",
      "{status: {phase: 'Failed', reason: 'Evicted'}}|Evicted",
      "{status: {phase: 'Failed', containerStatuses: [{state: {terminated: {exitCode: 3}}}]}}|ExitCode:3"}, quoteCharacter = '"')
  void namesPodStates(String pod, String expected) {
    var status = PodColumns.all().stream().filter(column -> column.name().equals("Status")).findFirst().orElseThrow();

    assertThat(status.cell().apply(object(pod), Instant.EPOCH).asText()).isEqualTo(expected);
  }
}
