package dev.serin.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.serin.operator.OperatorSettings;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.chart.RenderedChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Chart.folder().resolve("ci"))) {
      return files.sorted().toList();
    }
  }

  @Test
  @DisplayName("There are configurations to try")
  void thereAreConfigurations() throws IOException {
    assertThat(configurations()).hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(file -> assertThat(file.toString()).endsWith("-values.yaml"));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  @DisplayName("helm lint --strict has nothing to say about a configuration")
  void lints(Path values) throws IOException {
    assertThat(Chart.lint(Files.readString(values))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  @DisplayName("Every object of a configuration has a name, the chart's labels, and a namespace where its kind has one")
  void renders(Path values) throws IOException {
    RenderedChart chart = Chart.render("serin-system", Files.readString(values));

    assertThat(chart.objects()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(chart.objects()).filteredOn(object -> !object.getKind().equals("CustomResourceDefinition"))
        .allSatisfy(object -> {
          assertThat(object.getMetadata().getName()).as(object.getKind()).isNotEmpty();
          assertThat(object.getMetadata().getLabels()).as(object.getKind())
              .containsEntry("app.kubernetes.io/name", "serin")
              .containsEntry("app.kubernetes.io/part-of", "serin");
        });
    assertThat(chart.only("Deployment").getMetadata().getNamespace()).isEqualTo("serin-system");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  @DisplayName("The pod obeys the restricted Pod Security Standard and writes nothing but /tmp")
  void isRestricted(Path values) throws IOException {
    GenericKubernetesResource deployment = Chart.render("serin-system", Files.readString(values)).only("Deployment");

    assertThat(pod(deployment, "securityContext", "runAsNonRoot")).isEqualTo(true);
    assertThat(pod(deployment, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
    assertThat(pod(deployment, "containers")).asInstanceOf(LIST).hasSize(1);
    assertThat(pod(deployment, "containers", 0, "securityContext")).hasToString(
        "{allowPrivilegeEscalation=false, privileged=false, readOnlyRootFilesystem=true, runAsNonRoot=true, "
            + "capabilities={drop=[ALL]}}");
    assertThat(pod(deployment, "containers", 0, "volumeMounts")).hasToString("[{name=tmp, mountPath=/tmp}]");
    assertThat(pod(deployment, "containers", 0, "resources", "limits", "memory")).isNotNull();
    for (String forbidden : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers")) {
      assertThat(pod(deployment, forbidden)).as(forbidden).isNull();
    }
  }

  @Test
  @DisplayName("The definitions are kept when the chart is uninstalled, and are those of crds/")
  void keepsDefinitions() throws IOException {
    List<GenericKubernetesResource> definitions = Chart.render("serin-system", "").all("CustomResourceDefinition");

    assertThat(definitions).hasSize(2).allSatisfy(definition -> {
      assertThat(definition.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
      Path source = Chart.folder().resolve("../../crds/" + definition.getMetadata().getName() + ".yaml");
      assertThat(definition)
          .isEqualTo(SERIALIZATION.unmarshal(Files.readString(source), GenericKubernetesResource.class));
    });
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"Always, 2, 1", "Never, 0, 0", "Auto, 0, 0"})
  @DisplayName("The hold policies come when asked for; without an API server, Auto installs none")
  void holds(String policy, int mutating, int validating) {
    RenderedChart chart = Chart.render("serin-system", "hold: {policy: " + policy + "}");

    assertThat(chart.all("MutatingAdmissionPolicy")).hasSize(mutating);
    assertThat(chart.all("MutatingAdmissionPolicyBinding")).hasSize(mutating);
    assertThat(chart.all("ValidatingAdmissionPolicy")).hasSize(validating);
    assertThat(chart.all("ValidatingAdmissionPolicyBinding")).hasSize(validating);
  }

  @Test
  @DisplayName("The rights name no Secret, no ConfigMap, no Service, no scale, and no wildcard")
  void rightsAreFew() {
    ClusterRole role = SERIALIZATION.convertValue(Chart.render("serin-system", "").only("ClusterRole"),
        ClusterRole.class);

    assertThat(role.getRules()).hasSizeGreaterThan(8).allSatisfy(rule -> {
      assertThat(rule.getVerbs()).isNotEmpty().doesNotContain("*", "deletecollection", "impersonate", "escalate",
          "bind");
      assertThat(rule.getResources()).isNotEmpty().doesNotContain("*", "secrets", "configmaps", "services",
          "deployments/scale", "pods/exec");
      assertThat(rule.getApiGroups()).hasSize(1).doesNotContain("*");
    });
  }

  @Test
  @DisplayName("The operator takes the key that hides tenants from the chart's Secret, or from one that is named")
  void tenantKey() {
    GenericKubernetesResource made = Chart.render("serin-system", "").only("Secret");
    assertThat(made.getMetadata().getName()).isEqualTo("serin-tenants");
    assertThat(made.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
    assertThat(made.<String>get("data", "key")).hasSize(60).isNotEqualTo(
        Chart.render("serin-system", "").only("Secret").<String>get("data", "key"));
    assertThat(Chart.render("serin-system", "tenants: {secret: own}").all("Secret")).isEmpty();
    assertThat(environment(Chart.render("serin-system", ""))).contains(
        "{name=SERIN_TENANT_KEY, valueFrom={secretKeyRef={name=serin-tenants, key=key}}}");

    assertThat(environment(Chart.render("serin-system", "tenants: {secret: own}")))
        .contains("valueFrom={secretKeyRef={name=own, key=key}}");
  }

  private static String environment(RenderedChart chart) {
    return String.valueOf(pod(chart.only("Deployment"), "containers", 0, "env"));
  }

  @Test
  @DisplayName("An operator of two namespaces has rights there and nowhere else")
  void rightsByNamespace() {
    RenderedChart chart = Chart.render("serin-system", "namespaces: [shop, forum]");

    assertThat(chart.all("ClusterRoleBinding")).isEmpty();
    assertThat(chart.all("RoleBinding")).extracting(binding -> binding.getMetadata().getNamespace())
        .containsExactly("shop", "forum");
    assertThat(pod(chart.only("Deployment"), "containers", 0, "env")).asString()
        .contains("{name=SERIN_NAMESPACES, value=shop,forum}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "59s", "999s", "2599s", "3600s", "1m", "60m", "1h"})
  @DisplayName("Whatever the chart takes for a time, the operator does too")
  void times(String time) {
    String env = String.valueOf(pod(Chart.render("serin-system", "relook: " + time).only("Deployment"), "containers", 0,
        "env"));

    assertThat(env).contains("{name=SERIN_RELOOK, value=" + time + "}");
    try (var context = ApplicationContext.builder().deduceEnvironment(false).environmentPropertySource(false)
        .properties(Map.of("serin.relook", time)).start()) {
      assertThat(context.getBean(OperatorSettings.class).relook()).isBetween(Duration.ofSeconds(1),
          Duration.ofHours(1));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      hold: {policy: Sometimes}             | hold/policy      | 'Auto', 'Always', 'Never'
      replicas: 2                           | additional properties 'replicas'    | not allowed
      image: {repository: ''}               | image/repository | minLength
      image: {digest: latest}               | image/digest     | does not match pattern
      namespaces: [Shop]                    | namespaces/0     | does not match pattern
      runAsUser: 0                          | runAsUser        | minimum
      relook: soon                          | relook           | does not match pattern
      relook: 0s                            | relook           | does not match pattern
      relook: 3601s                         | relook           | does not match pattern
      hold: {proof: 61m}                    | hold/proof       | does not match pattern
      logs: {streams: 1}                    | logs/streams     | minimum
      fullnameOverride: A Name              | fullnameOverride | does not match pattern
      serviceAccount: {create: false}       | serviceAccount.name must name an existing ServiceAccount | create is false
      metrics: {service: false, serviceMonitor: {enabled: true}} | serviceMonitor.enabled needs metrics.service | set it to true
      """)
  @DisplayName("A wrong value is refused with its name and what is right")
  void refusesWrongValues(String values, String name, String right) {
    assertThatThrownBy(() -> Chart.render("serin-system", values)).hasMessageContaining(name)
        .hasMessageContaining(right);
  }

  private static @Nullable Object pod(GenericKubernetesResource deployment, Object... path) {
    return deployment.get(Stream.concat(Stream.of("spec", "template", "spec"), Stream.of(path)).toArray());
  }
}
