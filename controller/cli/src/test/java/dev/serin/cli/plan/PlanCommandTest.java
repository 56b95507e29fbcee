package dev.serin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlanCommandTest {

  private static final String SHOP = "--requests-per-minute 12000 --error-rate 0.1% ";

  @TempDir
  private Path folder;

  @Test
  @DisplayName("The table has a row and sentences for each step")
  void table() {
    Ended ended = run(SHOP + "--steps 5%,25%:1h");

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).startsWith("12,000 requests/min, 0.1% of stable's requests fail. At most 1% of good "
        + "versions are ever rolled back. The first 1m of a canary pod's life is left out, and is in all times.\n")
        .contains("STEP  WEIGHT",
            "Step 1 (5%): a good version typically passes after",
            "Step 2 (25%): ", "  Errors 5 times as frequent (0.5% of the requests): typically found after ",
            "  Errors 2 times as frequent (0.2% of the requests): ",
            "  A signature never seen, in 0.05% of the requests: ", "Within 1h it sees errors from ");
    assertThat(ended.output().lines().filter(line -> line.matches("[12] +[0-9]+% +.*"))).hasSize(2);
  }

  @Test
  @DisplayName("A service larger than any is refused, and steps that do not rise, as in a Rollout")
  void extremes() {
    assertThat(run("--requests-per-minute 1e9 --error-rate 0.1% --steps 5%").status()).isZero();
    Ended larger = run("--requests-per-minute 1e300 --error-rate 0.1% --steps 5%");
    assertThat(larger.status()).isEqualTo(2);
    assertThat(larger.errors()).contains("at most a billion");
    Ended falling = run(SHOP + "--steps 5%,1%");
    assertThat(falling.status()).isEqualTo(2);
    assertThat(falling.errors()).isEqualTo("weights must rise from step to step: step 2 does not\n");
  }

  @Test
  @DisplayName("JSON holds the same numbers")
  void json() throws IOException {
    Ended ended = run(SHOP + "--steps 5%,25%:1h -o json");
    JsonNode plan = new ObjectMapper().readTree(ended.output());

    assertThat(ended.status()).isZero();
    assertThat(plan.path("requestsPerMinute").asDouble()).isEqualTo(12_000);
    assertThat(plan.path("refusals")).isEmpty();
    assertThat(plan.path("steps")).hasSize(2);
    JsonNode first = plan.path("steps").path(0);
    assertThat(first.path("weight").asText()).isEqualTo("5%");
    assertThat(first.path("maxDuration").asText()).isEqualTo("30m");
    assertThat(first.path("canaryRequestsPerMinute").asDouble()).isEqualTo(600);
    assertThat(first.path("detectableErrorRate").asDouble()).isBetween(0.001, 0.005);
    assertThat(first.path("goodVersion").path("passes").asLong()).isEqualTo(460);
    assertThat(plan.path("warmup").asLong()).isEqualTo(60);
    JsonNode fault = first.path("faults").path(0);
    assertThat(fault.path("canaryRequests").asDouble()).isEqualTo(fault.path("found").asDouble() * 10);
    assertThat(fault.path("harm").asDouble()).isGreaterThan(0);
    assertThat(fault.path("boundCanaryRequests").asDouble()).isBetween(1251.0, 1253.0);
    assertThat(first.path("refusal").isNull()).isTrue();
  }

  @Test
  @DisplayName("The warm-up is the Rollout's: without one, it is neither told nor in the times")
  void warmup() throws IOException {
    Path file = Files.writeString(folder.resolve("warm.yaml"), """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          analysis: {warmup: 0s}
          steps:
          - {weight: 5%}
        """);

    assertThat(run(SHOP + "-f " + file).output()).doesNotContain("left out");
    JsonNode plan = new ObjectMapper().readTree(run(SHOP + "-o json -f " + file).output());
    assertThat(plan.path("steps").path(0).path("goodVersion").path("passes").asLong()).isEqualTo(400);
  }

  @Test
  @DisplayName("A plan that cannot work ends with 1 and says why at its end")
  void refused() {
    Ended ended = run("--requests-per-minute 1000 --error-rate 0.1% --steps 1%");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output().lines().toList()).last().asString()
        .startsWith("Step 1 (1%, at most 30m) can neither find a fault nor pass a good version in time: ");
  }

  @Test
  @DisplayName("Proposed steps can be copied into a Rollout")
  void proposed() throws IOException {
    Ended ended = run(SHOP + "--within 2h");
    assertThat(ended.status()).isZero();
    String steps = String.join("\n",
        ended.output().lines().filter(line -> line.startsWith("- {weight:")).map(line -> "  " + line).toList());

    Path file = Files.writeString(folder.resolve("rollout.yaml"), """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          steps:
        %s
        """.formatted(steps));
    Ended again = run(SHOP + "-f " + file);

    assertThat(again.status()).as(again.errors()).isZero();
    assertThat(table(again.output())).isNotEmpty().isEqualTo(table(ended.output()));
  }

  @Test
  @DisplayName("No steps in time: the largest weight is told with its times, status 1")
  void impossible() {
    Ended ended = run("--requests-per-minute 12 --error-rate 0.1% --within 1h");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .contains("No steps within 1h can find total errors and let a good version pass: even at 50% "
            + "it is found after ");
  }

  @Test
  @DisplayName("With pods weights are those of whole pods: without steps the defaults, within a time only such")
  void pods() {
    assertThat(run(SHOP + "--pods 10").output()).contains("Step 1 (9.091%)").contains("Step 3 (50%)");
    assertThat(run(SHOP + "--pods 10 --within 1h").output()).containsPattern("- \\{weight: (9.091|16.6667|23.077)%");
  }

  @Test
  @DisplayName("Signatures are faults of their own; without --error-rate they are all errors there are")
  void signatures() {
    Ended ended = run("--requests-per-minute 12000 --signature timeout=0.04% --signature lost=0.06% --steps 5%");

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("0.1% of stable's requests fail",
        "  \"lost\" 5 times as frequent (0.3% of the requests): ",
        "  \"timeout\" 5 times as frequent (0.2% of the requests): ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      --error-rate 1% --pods 4                                           | Missing required option: '--requests-per-minute=N'
      --requests-per-minute 9                                            | the usual errors are missing: give --error-rate, or each --signature NAME=SHARE
      --requests-per-minute 0 --error-rate 1% --pods 4                   | requests per minute must be above 0 and at most a billion, were 0.0
      --requests-per-minute 9 --error-rate 1%                            | no steps are given: add --steps or --within, or --pods for the default steps
      --requests-per-minute 9 --error-rate lots --pods 4                 | 'lots' is not a share such as 0.1% or 0.001
      --requests-per-minute 9 --error-rate 1% --steps 5%,101%            | '101%' is not a weight such as 0.5% or 25%
      --requests-per-minute 9 --error-rate 1% --steps 0%                 | '0%' is no weight to plan: above 0% and below 100%
      --requests-per-minute 9 --error-rate 1% --steps 5%:soon            | 'soon' is not a duration such as 90s, 2m or 1h30m
      --requests-per-minute 9 --error-rate 1% --steps 5% --within 2h     | --steps and --within exclude each other: give the steps, or have them proposed
      --requests-per-minute 9 --error-rate 1% --pods 4 --steps 5%        | Step 1 asks for 5%, but with 4 pods the smallest canary has 20%: raise the weight, or run at least 19 pods.
      --requests-per-minute 9 --error-rate 1% --pods 4 --alpha 3         | alpha must be above 0 and at most 0.2, was 3.0
      --requests-per-minute 9 --error-rate 1% --pods 4 --find 1          | --find must be above 1, was 1.0
      --requests-per-minute 9 --error-rate 1% --pods 0                   | stable pods must be at least 1, were 0
      --requests-per-minute 9 --error-rate 100% --pods 4                 | --error-rate must be below 100%: nothing can get worse
      --requests-per-minute 9 --error-rate 1% --signature a=2% --pods 4  | --error-rate must not be below the rate of a signature: it counts all errors
      --requests-per-minute 9 --error-rate 1% -f nowhere.yaml            | nowhere.yaml: does not exist; a relative path begins at
      """)
  @DisplayName("A mistake ends with 2 and one line that says what is wrong")
  void mistakes(String arguments, String message) {
    Ended ended = run(arguments);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(message);
    assertThat(ended.output()).isEmpty();
  }

  @Test
  @DisplayName("A manifest that is no Rollout, or has unknown fields, ends with 2 and names file and place")
  void wrongManifest() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.yaml"),
        "apiVersion: v1\nkind: Rollout\nspec: {step: [{weight: 5%}]}\n");

    Ended ended = run(SHOP + "-f " + file);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(file + ": spec.step: is no field of the API");
  }

  private static String table(String output) {
    return output.substring(output.indexOf("STEP "));
  }

  private static Ended run(String arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new PlanCommand()).setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
    return new Ended(line.execute(arguments.strip().split(" +")), output.toString(), errors.toString());
  }

  private record Ended(int status, String output, String errors) {}
}
