package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.StoredObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who wrote an object")
class ChangeTest {

  private final Stored serins = workload().writtenBy(SERIN, NOON);

  private static boolean bySerin(@Nullable Stored old, @Nullable Stored now) {
    return new Change(old == null ? null : new StoredObject(old.json()), now == null
        ? null
        : new StoredObject(now
            .json()))
        .bySerin();
  }

  private static Map<String, Object> entry(String time, String field) {
    return Map.of("manager", SERIN, "operation", "Update", "apiVersion", "apps/v1", "time", time, "fieldsV1",
        Map.of("f:spec", Map.of(field, Map.of())));
  }

  @Test
  @DisplayName("A new entry of Serin's, or one with another time, tells of its write")
  void newEntry() {
    assertThat(bySerin(null, serins)).isTrue();
    assertThat(bySerin(workload().writtenBy("kubectl", NOON), serins)).isTrue();
    assertThat(bySerin(serins, workload().writtenBy(SERIN, LATER))).isTrue();
    assertThat(bySerin(workload(), workload().writtenBy("serin-status", NOON))).isTrue();
  }

  @Test
  @DisplayName("An entry of the same second that owns more fields tells of its write, one that lost some does not")
  void fields() {
    Stored both = workload().with("/metadata/managedFields", List.of(entry(NOON, "f:paused"),
        Map.of("manager", "kubectl")));
    Stored more = workload().with("/metadata/managedFields", List.of(Map.of("manager", SERIN, "operation", "Update",
        "apiVersion", "apps/v1", "time", NOON, "fieldsV1",
        Map.of("f:spec", Map.of("f:paused", Map.of(), "f:replicas", Map.of())))));

    assertThat(bySerin(both, more)).isTrue();
    assertThat(bySerin(more, both)).isFalse();
  }

  @Test
  @DisplayName("An entry for another subresource is another one")
  void subresource() {
    Stored scaled = workload().with("/metadata/managedFields", List.of(Map.of("manager", SERIN, "operation", "Update",
        "apiVersion", "apps/v1", "subresource", "scale", "fieldsV1", Map.of()), entry(NOON, "f:replicas")));

    assertThat(bySerin(serins, scaled)).isTrue();
    assertThat(bySerin(scaled, scaled)).isFalse();
  }

  @Test
  @DisplayName("Others write beside Serin's entry, and create and delete")
  void others() {
    assertThat(bySerin(serins, serins.with("/spec/replicas", 9))).isFalse();
    assertThat(bySerin(null, workload().writtenBy("kubectl", NOON))).isFalse();
    assertThat(bySerin(serins, null)).isFalse();
    assertThat(bySerin(serins, workload().writtenBy("serin-cli", LATER))).isFalse();
  }

  @Test
  @DisplayName("A sequence that rises is Serin's; one that falls, goes or is no number is not")
  void sequence() {
    Stored seven = workload().withAnnotation("serin.dev/sequence", "7");

    assertThat(bySerin(workload(), seven)).isTrue();
    assertThat(bySerin(seven, workload().withAnnotation("serin.dev/sequence", "10"))).isTrue();
    assertThat(bySerin(seven, workload().withAnnotation("serin.dev/sequence", "6"))).isFalse();
    assertThat(bySerin(seven, workload())).isFalse();
    assertThat(bySerin(seven, workload().withAnnotation("serin.dev/sequence", "next"))).isFalse();
  }

  @Test
  @DisplayName("A sequence that rises on a ReplicaSet is Kubernetes' copy of its Deployment's")
  void copiedSequence() {
    Stored set = Shop.replicaSet("web-1", "web:1");

    assertThat(bySerin(set, set.withAnnotation("serin.dev/sequence", "7"))).isFalse();
  }

  @Test
  @DisplayName("A change of nothing is none")
  void nothing() {
    assertThatThrownBy(() -> new Change(null, null).former()).isInstanceOf(IllegalStateException.class)
        .hasMessage("a change needs an object before or after it");
  }
}
