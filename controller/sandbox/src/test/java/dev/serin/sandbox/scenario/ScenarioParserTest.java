package dev.serin.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.LogFormat;
import dev.serin.sandbox.app.LoggedRequests;
import dev.serin.sandbox.app.Startup;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.sandbox.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioParserTest {

  private static final String FULL = """
      name: everything
      seed: 7
      workload: {name: community-api, namespace: shop, replicas: 3, image: "api:v1"}
      rollout:
        steps:
        - {weight: 25%, minDuration: 8s}
        - {weight: 50%}
        analysis: {window: 1s, minRequests: 100}
      versions:
      - image: api:v1
      - image: api:v2
        logFormat: javaStack
        logged: failures
        latency: 1s500ms
        startup: neverReady
        errors:
        - message: Community <id> not found
          status: 404
          exception: shop.NotFound
          rate: 0.5
          tenants: 3%
          start: 10s
          end: 1m30s
          on: 5s
          off: 5s
      load: {rps: 120, tenants: 50, zipf: 1.1, keepAlive: 10, connections: 8}
      pushes:
      - {at: 20s, image: "api:v2", expect: RolledBack, within: 45s}
      - {after: RolledBack, image: "api:v1"}
      """;

  @Test
  @DisplayName("Every key of the format arrives")
  void full() {
    Scenario scenario = ScenarioParser.parse(FULL);

    assertThat(scenario.name()).isEqualTo("everything");
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.workload()).isEqualTo(new Scenario.Workload("community-api", "shop", 3, "api:v1"));
    assertThat(scenario.rollout()).containsOnlyKeys("steps", "analysis");
    assertThat(scenario.versions()).containsExactly(AppVersion.healthy("api:v1"),
        new AppVersion("api:v2", LogFormat.JAVA_STACK, LoggedRequests.FAILURES, Duration.ofMillis(1500),
            Startup.NEVER_READY,
            List.of(new ErrorRule("Community <id> not found", 404, "shop.NotFound", 0.5, 0.03, Duration.ofSeconds(10),
                Duration.ofSeconds(90), Duration.ofSeconds(5), Duration.ofSeconds(5), null))));
    assertThat(scenario.load()).isEqualTo(new LoadPlan(120, 50, 1.1, 10, 8, 7));
    assertThat(scenario.pushes()).containsExactly(
        new Push("api:v2", Duration.ofSeconds(20), Outcome.ROLLED_BACK, Duration.ofSeconds(45)),
        new Push("api:v1", Duration.ZERO, null, Duration.ofMinutes(2)));
    assertThat(scenario.newFaults("api:v2", "api:v1")).containsExactly("Community <id> not found");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @DisplayName("A mistake is refused with its place and what to change")
  @CsvSource(delimiter = '|', textBlock = """
      name: everything            | nmae: everything             | name: is missing: add it
      seed: 7                     | sed: 7                       | sed: is unknown: remove it or use one of load, name, pushes, rollout, seed, versions, workload
      replicas: 3                 | replicas: none               | workload.replicas: must be a whole number from 1 to 50, was none
      name: community-api         | name: Community              | workload: 'Community' must be a name of at most 52 lower-case letters, digits and -
      image: "api:v1"}            | image: "api:v9"}             | workload.image: is no image under versions: add the version
      minRequests: 100            | minRequsts: 100              | rollout.analysis.minRequsts: is no field of the API: remove it or correct its name
      weight: 25%                 | wait: 25%                    | rollout.steps[0].wait: is no field of the API: remove it or correct its name
      weight: 25%                 | weight: 25                   | rollout.steps[0].weight: is wrong: '25' is not a weight such as 0.5% or 25%
      weight: 25%                 | weight: 0%                   | rollout.steps[0].weight: must be above 0%
      weight: 50%                 | weight: 25%                  | rollout.steps[1].weight: must be above that of the step before, was 25%
      minDuration: 8s             | minDuration: 31m             | rollout.steps[0].maxDuration: must not be shorter than minDuration, 31m
      window: 1s                  | alpha: "0.9"                 | rollout.analysis.alpha: must be above 0 and at most 0.2, was 0.9
      window: 1s                  | window: 6m                   | rollout.analysis.window: must be 1s..5m, was 6m
      window: 1s                  | warmup: 61m                  | rollout.analysis.warmup: must be 0s..1h, was 61m
      minRequests: 100            | minRequests: 0               | rollout.analysis.minRequests: must be at least 1, was 0
      minRequests: 100            | maxIncrease: "0.5"           | rollout.analysis.maxIncrease: must be 1..100, was 0.5
      - image: api:v2             | - image: api:v1              | versions[1].image: is the image of an earlier version: remove one
      logFormat: javaStack        | logFormat: xml               | versions[1].logFormat: must be one of Json, Logfmt, Plain, JavaStack, was xml
      latency: 1s500ms            | latency: 1.5s                | versions[1].latency: must be a duration such as 500ms, 10s or 1m30s, was 1.5s
      status: 404                 | status: 302                  | versions[1].errors[0].status: must be a whole number from 400 to 599, was 302
      tenants: 3%                 | tenants: 300%                | versions[1].errors[0].tenants: must be a share such as 3% or 0.03, was 300%
      on: 5s                      | "on": 0s                     | versions[1].errors[0]: a fault with a pause (off) needs a burst length (on)
      zipf: 1.1                   | zipf: 9                      | load: zipf must be 0..3, was 9
      at: 20s,                    | at: 20s, after: Promoted,    | pushes[0]: must say either at (a time such as 20s) or after (Promoted or RolledBack)
      after: RolledBack           | after: Promoted              | pushes[1].after: must name what the push before it expects: write the same outcome as expect there, or use at here
      """)
  void mistakes(String before, String after, String message) {
    assertThat(FULL).contains(before);

    assertThatThrownBy(() -> ScenarioParser.parse(FULL.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(
        after)))).isInstanceOf(YamlException.class).hasMessage(message);
  }

  @Test
  @DisplayName("What is no mapping, no YAML, says a key twice or is too long is refused")
  void notAScenario() {
    assertThatThrownBy(() -> ScenarioParser.parse("- a list")).hasMessage(
        "the file: must be a mapping of keys to values");
    assertThatThrownBy(() -> ScenarioParser.parse("name: [")).hasMessageStartingWith("the file: is not YAML: ");
    assertThatThrownBy(() -> ScenarioParser.parse("name: a\nname: b")).hasMessageContaining("duplicate key name");
    assertThatThrownBy(() -> ScenarioParser.parse("#".repeat(300_000))).hasMessageContaining("at most 262144");
  }

  @Test
  @DisplayName("Every example of docs/scenarios.md is a scenario, and the page names every key")
  void documented() throws IOException {
    String page = Files.readString(Path.of("..", "..", "docs", "scenarios.md"));
    List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page).results()
        .map(example -> example.group(1)).toList();

    assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(ScenarioParser.parse(example).name())
        .isNotBlank());
    Matcher keys = Pattern.compile("(?m)(?:^|[ {-])([a-zA-Z]+):").matcher(FULL);
    assertThat(keys.results().map(key -> key.group(1)).distinct()).isNotEmpty()
        .allSatisfy(key -> assertThat(page).contains(key));
  }
}
