package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.operator.metrics.ClosedWindow;
import dev.serin.operator.metrics.EventOutcome;
import dev.serin.operator.metrics.LineOutcome;
import dev.serin.operator.metrics.RolloutName;
import dev.serin.operator.metrics.RolloutSample;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.operator.metrics.SignatureClass;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// docs/metrics.md against what a scrape shows, both ways.
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsPageIT {
  private static final Path PAGE = Path.of("../../docs/metrics.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/serin/operator/metrics");
  // | `name` | type | unit | `label`, `label` | meaning |
  private static final Pattern ROW = Pattern.compile("\\| `(serin_\\w+)` \\| (\\w+) \\| [^|]+ \\|([^|]*)\\|.*");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(serin_\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
  private static final Pattern CODE_NAME = Pattern.compile("\"(serin\\.[a-z.]+)\"");

  private final ControlPlane plane;
  private final SerinOperator operator;

  MetricsPageIT(ControlPlane plane) {
    this.plane = plane;
    Cluster.applyDefinitions(plane);
    this.operator = SerinOperator.start(OperatorSettings.local(plane.kubeconfig(Actor.ADMIN)));
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  /// A series: its type and its labels.
  private record Series(String type, Set<String> labels) {}

  @Test
  @DisplayName("The page lists each series that a scrape shows, with its type and labels, and no other")
  void pageAndScrapeAgree() throws IOException {
    useAll(operator.bean(SerinMetrics.class));

    var scraped = scraped(new Web(operator.port()).get("/prometheus").body());
    var documented = documented();

    assertThat(documented).hasSizeGreaterThan(15);
    assertThat(scraped).isEqualTo(documented);
  }

  @Test
  @DisplayName("Each name in the code stands on the page, also of a series that this test would forget to use")
  void codeStandsOnThePage() throws IOException {
    var documented = documented().keySet();
    var names = new TreeSet<String>();
    try (var files = Files.list(SOURCES)) {
      for (var file : files.toList()) {
        CODE_NAME.matcher(Files.readString(file)).results().forEach(name -> names.add(name.group(1).replace('.', '_')));
      }
    }

    assertThat(names).hasSizeGreaterThan(15).allSatisfy(name -> assertThat(documented).as(name)
        .anyMatch(row -> row.equals(name) || row.equals(name + "_total") || row.equals(name + "_seconds")));
  }

  @Test
  @DisplayName("Besides ours there are only series of the JVM and its process")
  void nothingElse() {
    var families = TYPE.matcher(new Web(operator.port()).get("/prometheus").body()).results().map(m -> m.group(1));

    assertThat(families).isNotEmpty().allMatch(name -> name.matches("(serin|jvm|process|system)_.*"));
  }

  @Test
  @DisplayName("A Rollout that is deleted takes its series along; one that fails is counted as an error")
  void deletedRolloutsLeaveNothing() {
    var web = new Web(operator.port());
    var namespace = plane.newNamespace("metrics");
    Cluster.applyRollout(plane, namespace, "failing");
    await().atMost(Duration.ofSeconds(20)).until(() -> web.get("/prometheus").body().contains(
        "serin_reconcile_total{result=\"error\"}"));
    operator.bean(SerinMetrics.class).sampled(new RolloutName(namespace, "failing"),
        new RolloutSample("Stepping", true, 0.1, Map.of()));
    assertThat(web.get("/prometheus").body()).contains("namespace=\"" + namespace + "\"");

    plane.kubectl("-n", namespace, "delete", "srn", "failing");

    await().atMost(Duration.ofSeconds(20)).until(() -> !web.get("/prometheus").body().contains(namespace));
  }

  private static void useAll(SerinMetrics metrics) {
    var rollout = new RolloutName("docs", "page");
    var noon = Instant.parse("2026-05-01T12:00:00Z");
    metrics.sampled(rollout, new RolloutSample("Stepping", true, 0.1, Map.of(SignatureClass.NOVEL, 1)));
    metrics.windowClosed(new ClosedWindow(rollout, "podLogs", true, noon, noon.plusSeconds(1)));
    metrics.decided("Advance", "StepPassed");
    metrics.rolledBack(Duration.ofMillis(300));
    metrics.lines(LineOutcome.READ, 1);
    metrics.logBytes(80);
    metrics.streamBroken();
    metrics.event(EventOutcome.WRITTEN);
    metrics.reconciled(true, Duration.ofMillis(3));
  }

  private static Map<String, Series> scraped(String body) {
    var types = new TreeMap<String, String>();
    TYPE.matcher(body).results().forEach(type -> types.put(type.group(1), type.group(2)));
    var series = new TreeMap<String, Series>();
    for (var line : body.lines().toList()) {
      var sample = SAMPLE.matcher(line);
      // A timer's maximum of the last minutes says nothing that its buckets do not say.
      if (sample.matches() && !sample.group(1).endsWith("_max")) {
        var name = sample.group(1);
        var labels = new TreeSet<String>();
        if (sample.group(2) != null) {
          LABEL.matcher(sample.group(2)).results().map(label -> label.group(1)).filter(label -> !label.equals("le"))
              .forEach(labels::add);
        }
        series.put(name, new Series(types.getOrDefault(name, "none"), labels));
      }
    }
    return series;
  }

  private static Map<String, Series> documented() throws IOException {
    var series = new TreeMap<String, Series>();
    for (var line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var labels = new TreeSet<String>();
        Pattern.compile("`(\\w+)`").matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
        series.put(row.group(1), new Series(row.group(2), labels));
      }
    }
    return series;
  }
}
