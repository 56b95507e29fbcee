package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.operator.OperatorSettings;
import dev.serin.operator.SerinOperator;
import dev.serin.sandbox.Sandbox;
import dev.serin.sandbox.SandboxNodes;
import dev.serin.sandbox.scenario.PushResult;
import dev.serin.sandbox.scenario.Report;
import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioParser;
import dev.serin.sandbox.scenario.ScenarioPlayer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  @TempDir
  private Path folder;

  @Test
  @DisplayName("The shipped scenario ends as it says: no answer missing, both steps taken in full, the rollback explained")
  void shipped() throws Exception {
    Scenario scenario = ScenarioParser.parse(DemoCommand.shipped());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false);
    try (Sandbox sandbox = Sandbox.start(scenario.versions(), Clock.systemUTC(), scenario.seed())) {
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), sandbox.kubeconfig());
      try (SerinOperator _ = SerinOperator.start(OperatorSettings.local(kubeconfig).withOnlyHttpWatches());
          KubernetesClient client = SandboxNodes.client(sandbox.kubeconfig())) {
        Report report = new ScenarioPlayer(scenario, client, sandbox.nodes(), Clock.systemUTC(),
            new Narrator(terminal, Clock.systemUTC())).play();

        assertThat(report.asExpected()).as("%s", output.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(report.load().unanswered()).as("%s", report.load().problems()).isZero();
        PushResult promoted = report.results().getFirst();
        assertThat(promoted.verdictAfter()).isGreaterThan(Duration.ofSeconds(20 + 8));
        assertThat(promoted.sentence()).startsWith("Advancing: ").contains(" the canary");
        PushResult rolledBack = report.results().getLast();
        assertThat(rolledBack.sentence()).startsWith("Rolled back: \"Community <*> not found\"")
            .containsPattern(
                "Traffic is back on stable[.] On the canary it hit about [0-9]+ tenants?, t-[0-9a-f]{6} most[.]$");
        assertThat(rolledBack.newFaults()).isPositive();
        assertThat(report.load().failed("community-api:v2", "Community <id> not found"::equals)).isZero();
      }
    }
  }
}
