package dev.serin.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.signature.text.WildcardTemplate;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.Kubectl;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealControlPlane
class RolloutSchemaIT {

  private static final String REF = "workloadRef: {apiVersion: apps/v1, kind: Deployment, name: community-api}";

  private final ControlPlane plane;
  private final Kubectl person;

  RolloutSchemaIT(ControlPlane plane) {
    this.plane = plane;
    this.person = plane.kubectl(Actor.PERSON);
  }

  static List<Path> examples() throws IOException {
    return Definitions.examples();
  }

  static Stream<String> templates() {
    return Stream.of("Community * not found", "x".repeat(256), "x".repeat(257), "🐤".repeat(256), "🐤".repeat(257),
        "a*".repeat(16), "a*".repeat(17), "a<*>".repeat(16), "a<*>".repeat(17), " <*>x* ", "<>", "*", "<*>", "<*> <*>",
        "* <*>\t*", "\n", "\u000b*", "*\u001c", "*\u001f*", "*\u2003*", "\u2028\u3000");
  }

  @BeforeEach
  void applyDefinitions() throws IOException {
    Definitions.apply(plane);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      steps: [{weight: 5%}, {weight: 5.0%}]              | weights must rise from step to step: give every step a larger weight than the one before
      steps: [{weight: 5%}, {weight: 10%}, {weight: 7%}] | weights must rise from step to step: give every step a larger weight than the one before
      steps: [{weight: 0%}]                              | weight must be a percentage above 0% and at most 100% with at most four decimals, such as 0.5% or 25%
      steps: [{weight: 100.0001%}]                       | weight must be a percentage above 0% and at most 100% with at most four decimals, such as 0.5% or 25%
      steps: [{weight: 0.00001%}]                        | weight must be a percentage above 0% and at most 100% with at most four decimals, such as 0.5% or 25%
      steps: [{weight: a lot}]                           | weight must be a percentage above 0% and at most 100% with at most four decimals, such as 0.5% or 25%
      steps: [{weight: -100%}]                           | weight must be a percentage above 0% and at most 100% with at most four decimals, such as 0.5% or 25%
      steps: [{minDuration: 1m}]                         | spec.steps[0].weight: Required value
      steps: [{weight: 5%, minDuration: 1h}]             | minDuration must not be longer than maxDuration (2m and 30m if not given): lower minDuration or raise maxDuration
      steps: [{weight: 5%, minDuration: 3m, maxDuration: 2m59s}] | minDuration must not be longer than maxDuration (2m and 30m if not given): lower minDuration or raise maxDuration
      steps: [{weight: 5%, minDuration: 1 hour}]         | minDuration must be a duration in whole hours, minutes or seconds, such as 90s, 2m or 1h30m
      steps: [{weight: 5%, minDuration: 0s, maxDuration: 0s}] | maxDuration must be a duration above 0s in whole hours, minutes or seconds, such as 90s, 30m or 1h30m
      steps: [{weight: 5%, pause: ForEver}]              | Unsupported value: "ForEver": supported values: "UntilApproved"
      analysis: {alpha: "0"}                             | alpha must be above 0 and at most 0.2 with at most six decimals, such as "0.01"
      analysis: {alpha: "0.200001"}                      | alpha must be above 0 and at most 0.2 with at most six decimals, such as "0.01"
      analysis: {alpha: "-0.01"}                         | alpha must be above 0 and at most 0.2 with at most six decimals, such as "0.01"
      analysis: {alpha: "1e-2"}                          | alpha must be above 0 and at most 0.2 with at most six decimals, such as "0.01"
      analysis: {window: 0s}                             | window must be a duration from 1s to 5m, such as 10s
      analysis: {window: 5m1s}                           | window must be a duration from 1s to 5m, such as 10s
      analysis: {warmup: 1h1s}                           | warmup must be a duration from 0s to 1h, such as 60s: shorten it
      analysis: {warmup: soon}                           | warmup must be a duration from 0s to 1h, such as 60s: shorten it
      analysis: {maxIncrease: "0.9"}                     | maxIncrease must be a ratio from 1 to 100 with at most four decimals, such as "1.2" for 20 % more
      analysis: {minRequests: 0}                         | spec.analysis.minRequests in body should be greater than or equal to 1
      analysis: {onInconclusive: Maybe}                  | Unsupported value: "Maybe": supported values: "Hold", "Promote", "RollBack"
      analysis: {sources: [{podLogs: {}}, {podLogs: {container: app}}]} | sources may have at most one podLogs entry: remove the others
      analysis: {sources: [{}]}                          | a source must say what it reads: set podLogs
      analysis: {signatures: [{name: a, match: {template: lost}}, {name: a, match: {template: found}}]} | two signatures have the same name: rename one of them
      analysis: {signatures: [{name: a, match: {template: "* *"}}]} | template must have a word besides *, which alone would match everything
      analysis: {signatures: [{name: a, match: {template: x}, maxIncrease: "101"}]} | maxIncrease must be a ratio from 1 to 100 with at most four decimals, such as "1.2" for 20 % more
      analysis: {tenant: {}}                             | tenant must say where: give fromField, fromHeader, fromPathSegment, fromSubdomainOf or fromTemplate
      analysis: {tenant: {fromTemplate: "Community not found"}} | fromTemplate must have a * where the tenant's name stands
      analysis: {tenant: {fromTemplate: "*"}}            | fromTemplate must have a word besides *, which alone would match everything
      analysis: {tenant: {fromPathSegment: 0}}           | spec.analysis.tenant.fromPathSegment
      analysis: {tenant: {fromField: "my field"}}        | spec.analysis.tenant.fromField
      analysis: {tenant: {fromSubdomainOf: ".org"}}      | spec.analysis.tenant.fromSubdomainOf
      analysis: {requests: {template: "*"}}              | template must have a word besides *, which alone would match everything
      analysis: {requests: {template: "a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*q*r"}} | template must have at most 16 *: let one * stand for several words next to each other
      """)
  @DisplayName("A wrong spec is refused with a sentence that says what to change")
  void refuses(String spec, String message) {
    Kubectl.Result result = create("community-api", REF + "\n  " + spec);

    assertThat(result.exit()).as(result.stdout()).isNotZero();
    assertThat(result.stderr()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion: apps/v1, kind: StatefulSet",
      "apiVersion: argoproj.io/v1alpha1, kind: Deployment"})
  @DisplayName("A workload of another kind is refused with the kind that works")
  void refusesOtherKinds(String kind) {
    Kubectl.Result result = create("community-api", "workloadRef: {" + kind + ", name: community-api}");

    assertThat(result.stderr()).contains("workloadRef must name a Deployment: set apiVersion to apps/v1 and kind to "
        + "Deployment, other kinds are not supported");
  }

  @Test
  @DisplayName("Twenty steps and a name of 52 characters are accepted, one more of either is refused")
  void limits() {
    assertThat(create("community-api", REF + "\n  " + steps(20)).stderr()).isEmpty();
    assertThat(create("community-api", REF + "\n  " + steps(21)).stderr())
        .contains("spec.steps: Too many: 21: must have at most 20 items");
    assertThat(create("a".repeat(52), REF).stderr()).isEmpty();
    assertThat(create("a".repeat(53), REF).stderr()).contains("the name is too long: use at most 52 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps: [{weight: 0.0001%}, {weight: 9.9999%}, {weight: 10%}, {weight: 100%}]",
      "steps: [{weight: 5%, minDuration: 30m, maxDuration: 30m}]", "analysis: {alpha: \"0.2\", window: 1s}",
      "analysis: {alpha: \"0.000001\", window: 5m, maxIncrease: \"100\", warmup: 0s}", "analysis: {warmup: 1h}",
      "analysis: {tenant: {fromField: mdc.communityId, fromHeader: X-Tenant-Id, fromPathSegment: 32, fromSubdomainOf: example.org}}"})
  @DisplayName("Values on the edge of what is allowed are accepted")
  void acceptsEdges(String spec) {
    assertThat(create("community-api", REF + "\n  " + spec).stderr()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("templates")
  @DisplayName("The API server accepts a template exactly if the operator can use it")
  void acceptsUsableTemplates(String template) {
    boolean usable = usable(template);
    String json = plane.client(Actor.PERSON).getKubernetesSerialization().asJson(template);

    for (String analysis : List.of("{requests: {template: %s}}", "{signatures: [{name: a, match: {template: %s}}]}")) {
      Kubectl.Result result = create("community-api", REF + "\n  analysis: " + analysis.formatted(json));

      assertThat(result.exit() == 0).as("%s: %s", analysis, result.stderr()).isEqualTo(usable);
      assertThat(result.stderr()).contains(usable ? "" : "template");
    }
    boolean namesTenants = usable && template.contains("*");
    Kubectl.Result tenants = create("community-api",
        REF + "\n  analysis: {tenant: {fromTemplate: %s}}".formatted(json));
    assertThat(tenants.exit() == 0).as("tenants by %s: %s", json, tenants.stderr()).isEqualTo(namesTenants);
  }

  @ParameterizedTest
  @MethodSource("examples")
  @DisplayName("Every example is accepted, without a field that the API server does not know")
  void acceptsExamples(Path example) {
    String namespace = plane.newNamespace("examples");

    Kubectl.Result result = person.run("apply", "--validate=strict", "--namespace", namespace, "-f",
        example.toString());

    assertThat(result.exit()).as(result.stderr()).isZero();
    assertThat(result.stdout()).contains("rollout.serin.dev/").contains("created");
  }

  @Test
  @DisplayName("The API server and the record fill in the same defaults")
  void fillsInDefaults() {
    Rollout created = create(plane.newNamespace("defaults"));

    assertThat(created.getSpec()).isEqualTo(RolloutSpec.of("community-api"));
  }

  @Test
  @DisplayName("kubectl get srn shows the columns, -o wide adds the message, and a null in a status patch clears a field")
  void showsColumns() throws IOException {
    String namespace = plane.newNamespace("columns");
    Rollout created = create(namespace);
    Instant now = Instant.parse("2026-11-24T10:15:30.123456Z");
    patchStatus(created, new RolloutStatus(1L, new RolloutStatus.Revision("aaaaaaaaaa", now), "shop:v1", "0a1b",
        new RolloutStatus.Candidate("bbbbbbbbbb", CandidateState.STEPPING, now),
        new RolloutStatus.Steps(1, 3, "25%", 2, now, now, "2/3"), null, null, List.of(), List.of(),
        new RolloutStatus.Requests("bbbbbbbbbb/1", null), 4,
        "The canary takes 25% of the traffic.", List.of()));

    assertThat(table(namespace)).satisfiesExactly(
        header -> assertThat(header).containsExactly("NAME", "STABLE", "CANDIDATE", "STEP", "WEIGHT", "VERDICT", "AGE"),
        row -> assertThat(row).startsWith("community-api", "aaaaaaaaaa", "bbbbbbbbbb", "2/3", "25%"));
    assertThat(person.run("get", "srn", "--namespace", namespace, "-o", "wide").stdout()).contains("MESSAGE")
        .contains("The canary takes 25% of the traffic.");

    patchStatus(created,
        new RolloutStatus(1L, new RolloutStatus.Revision("bbbbbbbbbb", now), "shop:v2", "0a1b", null, null, null,
            null, List.of(), List.of(), null, 5, null, List.of()));

    RolloutStatus cleared = plane.client(Actor.OBSERVER).resource(created).get().getStatus();
    assertThat(cleared.stable()).isEqualTo(new RolloutStatus.Revision("bbbbbbbbbb", now));
    assertThat(cleared.candidate()).isNull();
    assertThat(cleared.steps()).isNull();
    assertThat(cleared.message()).isNull();
  }

  @Test
  @DisplayName("workloadRef may change until a stable version is recorded, and not afterwards")
  void fixesTheWorkload() throws IOException {
    String namespace = plane.newNamespace("workload");
    Rollout created = create(namespace);
    assertThat(rename(namespace, "other").exit()).isZero();
    patchStatus(created,
        new RolloutStatus(1L, new RolloutStatus.Revision("aaaaaaaaaa", null), null, null, null, null, null,
            null, List.of(), List.of(), null, 1, null, List.of()));

    assertThat(rename(namespace, "third").stderr())
        .contains("workloadRef cannot change once a stable version is recorded: "
            + "delete this Rollout and create one for the other Deployment");
  }

  private Rollout create(String namespace) {
    var rollout = new Rollout();
    rollout.setMetadata(new ObjectMetaBuilder().withName("community-api").withNamespace(namespace).build());
    rollout.setSpec(RolloutSpec.of("community-api"));
    return plane.client(Actor.PERSON).resource(rollout).create();
  }

  private void patchStatus(Rollout rollout, RolloutStatus status) {
    var patch = new Rollout();
    patch.setMetadata(new ObjectMetaBuilder().withName(rollout.getMetadata().getName())
        .withNamespace(rollout.getMetadata().getNamespace()).build());
    patch.setStatus(status);
    String json = plane.client(Actor.ADMIN).getKubernetesSerialization().asJson(patch);
    plane.client(Actor.ADMIN).resource(rollout).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE),
        json);
  }

  private Kubectl.Result rename(String namespace, String deployment) {
    return person.run("patch", "srn", "community-api", "--namespace", namespace, "--type=merge", "--patch",
        "{\"spec\":{\"workloadRef\":{\"name\":\"" + deployment + "\"}}}");
  }

  private List<List<String>> table(String namespace) {
    return person.run("get", "srn", "--namespace", namespace).stdout().lines()
        .map(line -> List.of(line.strip().split("\\s+"))).toList();
  }

  private Kubectl.Result create(String name, String spec) {
    String yaml = """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: %s}
        spec:
          %s
        """.formatted(name, spec);
    return person.runWithInput(yaml, "create", "--dry-run=server", "-f", "-");
  }

  private static boolean usable(String template) {
    try {
      WildcardTemplate.parse(template);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String steps(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(weight -> "{weight: " + weight + "%}")
        .collect(Collectors.joining(", ", "steps: [", "]"));
  }
}
