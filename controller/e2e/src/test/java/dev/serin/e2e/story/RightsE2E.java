package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.chart.Chart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The ServiceAccount's rights are exactly what the operator uses. A right too few breaks a roll back on the day it is
/// needed; a right too many is what an intruder gets. If this fails, the file to change is
/// `helm/serin/templates/clusterrole.yaml`.
///
/// What the other stories of this JVM did is its evidence, so it fails when they did not run: `mvn verify` runs all of
/// them, in one JVM.
@Story
@Isolated
@Order(Integer.MAX_VALUE)
class RightsE2E {

  /// Every story uses rights that others do not, so this runs after all of them.
  private static final Set<String> STORIES = Set.of("bad", "good", "late", "revert", "unready", "crash", "cut",
      "orphanfirst",
      "surplus", "otheranalysis");

  /// The story whose namespace is deleted: nobody may create anything in there.
  private static final String ENDING = "doomed";

  @Test
  @DisplayName("In all stories together the operator was refused nothing, and used every right that the chart gives it")
  void exact(Installation serin) {
    var events = serin.plane().audit().stream().filter(event -> event.user().equals(Installation.ACCOUNT)).toList();
    assertThat(events).as("requests of the operator").isNotEmpty();
    assertThat(events).filteredOn(event -> event.code() == 403 && !story(event).equals(ENDING)).map(RightsE2E::right)
        .isEmpty();

    Set<String> told = events.stream().map(RightsE2E::story).collect(Collectors.toSet());
    assertThat(told).as("the stories that ran in this JVM: run all of them, as mvn verify does").containsAll(STORIES);
    Set<String> used = events.stream().filter(event -> !event.resource().isEmpty()).map(RightsE2E::right)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).isEqualTo(granted());
  }

  private static String story(AuditEvent event) {
    return event.namespace().replaceAll("-[^-]*$", "");
  }

  private static String right(AuditEvent event) {
    String resource = event.subresource().isEmpty()
        ? event.resource()
        : event.resource() + "/" + event.subresource();
    return event.verb() + " " + resource + "." + event.group();
  }

  @SuppressWarnings("unchecked")
  private static Set<String> granted() {
    var role = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}").only("ClusterRole");
    return ((List<Map<String, List<String>>>) role.get("rules")).stream().flatMap(RightsE2E::rights)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> rights(Map<String, List<String>> rule) {
    return rule.getOrDefault("apiGroups", List.of()).stream()
        .flatMap(group -> rule.getOrDefault("resources", List.of()).stream().flatMap(resource -> rule
            .getOrDefault("verbs", List.of()).stream().map(verb -> verb + " " + resource + "." + group)));
  }
}
