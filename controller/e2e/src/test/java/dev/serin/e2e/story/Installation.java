package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.planted.PlantedCustomer;
import dev.serin.sandbox.SandboxNodes;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.monitor.MonitorSettings;
import dev.serin.testkit.monitor.OwnDeletions;
import dev.serin.testkit.monitor.SafetyMonitor;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.process.ChildJvm;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A cluster of its own with a node and Serin from its chart. The operator runs outside of the cluster, as a process of its own,
/// with nothing but the token of the chart's ServiceAccount.
public final class Installation implements AutoCloseable {

  public static final String NAMESPACE = "serin-system";
  public static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":serin";
  private static final Duration START = Duration.ofSeconds(90);
  private static final Pattern PORT = Pattern.compile("Operator started.*\"port\":([0-9]+)");
  private static final long SEED = 20_261_124;

  private final ControlPlane plane;
  private final SandboxNodes nodes;
  private final ChildJvm program;
  private final Path folder;
  private final SafetyMonitor monitor;
  private ChildProcess operator;

  private Installation(ControlPlane plane, SandboxNodes nodes, ChildJvm program, Path folder) {
    this.plane = plane;
    this.nodes = nodes;
    this.program = program;
    this.folder = folder;
    this.monitor = SafetyMonitor.start(PlantedCustomer.soughtBy(MonitorSettings.of(plane.etcdUrl())));
    this.operator = run();
  }

  /// @param plane
  ///          ends with this
  public static Installation start(ControlPlane plane) {
    return start(plane, Chart.render(NAMESPACE, "hold: {policy: Always}").yaml());
  }

  /// @param plane
  ///          ends with this
  /// @param chart
  ///          the rendered chart
  public static Installation start(ControlPlane plane, String chart) {
    return start(plane, chart, Map.of());
  }

  /// @param plane
  ///          ends with this
  /// @param chart
  ///          the rendered chart
  /// @param settings
  ///          more environment of the operator, such as `SERIN_RELOOK`
  public static Installation start(ControlPlane plane, String chart, Map<String, String> settings) {
    try {
      plane.applyYaml("""
          apiVersion: v1
          kind: Namespace
          metadata: {name: %s}
          """.formatted(NAMESPACE));
      plane.applyYaml(NAMESPACE, chart);
      var nodes = SandboxNodes.start(plane.kubeconfigText(Actor.KUBELET), List.of(), InstantSource.system(), SEED);
      Path folder = Files.createTempDirectory("serin-operator-");
      var program = ChildJvm.of("dev.serin.operator.SerinOperator", folder)
          .withOption("-Xmx384m").withOption("-XX:TieredStopAtLevel=1")
          .withEnvironment("SERIN_KUBECONFIG", plane.kubeconfigFor(NAMESPACE, "serin").toString())
          .withEnvironment("SERIN_HTTP_PORT", "0").withEnvironment("SERIN_BIND_ADDRESS", "127.0.0.1");
      for (var setting : settings.entrySet()) {
        program = program.withEnvironment(setting.getKey(), setting.getValue());
      }
      return new Installation(plane, nodes, program, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the node started", e);
    }
  }

  public ControlPlane plane() {
    return plane;
  }

  public SandboxNodes nodes() {
    return nodes;
  }

  public ChildProcess operator() {
    return operator;
  }

  /// The invariants that were broken in a namespace so far, by whatever was written until now.
  public synchronized List<Violation> violations(String namespace) {
    monitor.awaitCaughtUp();
    List<Violation> violations = new ArrayList<>(monitor.violationsIn(namespace));
    OwnDeletions.broken(plane.audit(), ACCOUNT).stream()
        .filter(violation -> violation.namespace().equals(namespace)).forEach(violations::add);
    return List.copyOf(violations);
  }

  /// Lines of the operator's output and of its metrics with a planted text.
  public List<String> leaks() {
    return Stream.of(operator.stdout(), operator.stderr(), metrics()).flatMap(List::stream)
        .filter(line -> PlantedCustomer.texts().stream().anyMatch(line::contains)).toList();
  }

  private List<String> metrics() {
    if (!operator.alive()) {
      return List.of();
    }
    String port = operator.stdout().stream().map(PORT::matcher).filter(Matcher::find).findFirst().orElseThrow()
        .group(1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var scrape = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/prometheus")).build();
      List<String> lines = client.send(scrape, HttpResponse.BodyHandlers.ofLines()).body().toList();
      assertThat(lines).as("metrics").anyMatch(line -> line.startsWith("serin_"));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the metrics were read", e);
    }
  }

  /// The test breaks this invariant itself.
  public synchronized void tolerate(String invariant, String namespace) {
    monitor.tolerate(invariant, namespace);
  }

  /// Ends the operator without a chance to clean up.
  public void kill() {
    operator.kill();
  }

  /// Ends the operator without a chance to clean up, and starts another one.
  ///
  /// @return how long the new one needed until it looks after Rollouts
  public Duration killAndRestart() {
    kill();
    return restart();
  }

  /// Starts another operator after [#kill()].
  ///
  /// @return how long it needed until it looks after Rollouts
  public Duration restart() {
    long begin = System.nanoTime();
    operator = run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Starts one more operator beside the one that runs, which no chart would do; the caller ends it.
  public ChildProcess another() {
    return run();
  }

  private ChildProcess run() {
    // Each process has its own output: a line of a former one must not be taken for this one's.
    try {
      var started = new ChildJvm(program.mainClass(), Files.createTempDirectory(folder, "run-"), program.options(),
          program.arguments(), program.environment()).start();
      started.awaitLine(".*Operator started.*", START);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    operator.close();
    nodes.close();
    monitor.close();
    plane.close();
  }
}
