package dev.serin.cli;

import dev.serin.operator.OperatorSettings;
import dev.serin.operator.SerinOperator;
import dev.serin.sandbox.Sandbox;
import dev.serin.sandbox.SandboxNodes;
import dev.serin.sandbox.gateway.Gateway;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.scenario.Report;
import dev.serin.sandbox.scenario.Scenario;
import dev.serin.sandbox.scenario.ScenarioPlayer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/// One play of a scenario: a sandbox, an operator in this process, and the story on the terminal.
final class Demo {

  private final Scenario scenario;
  private final Terminal terminal;
  private final Path folder;
  private final InstantSource clock;
  private final Narrator narrator;

  /// @param folder for the kubeconfig and the operator's log; it stays, for whoever wants to read the log
  Demo(Scenario scenario, Terminal terminal, Path folder, InstantSource clock) {
    this.scenario = scenario;
    this.terminal = terminal;
    this.folder = folder;
    this.clock = clock;
    this.narrator = new Narrator(terminal, clock);
  }

  /// @param keep whether to go on until the process is stopped
  /// @return whether every push ended as expected
  boolean play(boolean keep) throws IOException, InterruptedException {
    terminal.line(terminal.bold("Serin demo: ") + scenario.name());
    try (Sandbox sandbox = Sandbox.start(scenario.versions(), clock, scenario.seed())) {
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), sandbox.kubeconfig());
      narrator.say("A cluster in this process serves at " + sandbox.apiServer().url() + ".");
      try (SerinOperator operator = SerinOperator.start(OperatorSettings.local(kubeconfig).withOnlyHttpWatches());
          KubernetesClient client = SandboxNodes.client(sandbox.kubeconfig())) {
        narrator.say("The operator runs; its metrics are at http://127.0.0.1:" + operator.port() + "/prometheus.");
        boolean asExpected = tell(new ScenarioPlayer(scenario, client, sandbox.nodes(), clock, narrator));
        if (keep) {
          keep(sandbox.nodes(), kubeconfig);
        }
        return asExpected;
      }
    }
  }

  private boolean tell(ScenarioPlayer player) throws IOException, InterruptedException {
    try {
      Report report = player.play();
      terminal.bottom("");
      terminal.line("");
      Summary.lines(report).forEach(terminal::line);
      terminal.line(terminal.faint("Operator log: " + folder.resolve("operator.log")));
      return report.asExpected();
    } catch (TimeoutException e) {
      terminal.bottom("");
      terminal.line(terminal.bad("The demo broke off: " + e.getMessage() + ". Operator log: "
          + folder.resolve("operator.log")));
      return false;
    }
  }

  private void keep(SandboxNodes nodes, Path kubeconfig) throws IOException, InterruptedException {
    Scenario.Workload workload = scenario.workload();
    Gateway gateway = nodes.gateway(workload.namespace(), workload.name());
    try (Load _ = Load.start(gateway.address(), scenario.load(), clock)) {
      terminal.line("");
      terminal.line("Cluster, operator and load go on until you press Ctrl-C. Try:");
      terminal.line("  export KUBECONFIG=" + kubeconfig);
      terminal.line("  kubectl -n " + workload.namespace() + " get srn,deployments,pods");
      // The last push may be the Deployment's template, held and vetoed: it again would be no push.
      terminal.line("  kubectl -n %s set image deployment/%s app=%s".formatted(workload.namespace(), workload.name(),
          workload.image()));
      terminal.line("The Service answers at http://127.0.0.1:" + gateway.address().getPort() + "/communities/1.");
      new CountDownLatch(1).await();
    }
  }
}
