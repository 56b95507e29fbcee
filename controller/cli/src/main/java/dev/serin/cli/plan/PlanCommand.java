package dev.serin.cli.plan;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.DurationText;
import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.cli.input.InputException;
import dev.serin.cli.input.Printable;
import dev.serin.cli.input.TextFile;
import dev.serin.operator.record.Frozen;
import dev.serin.plan.Fault;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.ReplicaRatio;
import dev.serin.plan.Service;
import dev.serin.plan.Terms;
import dev.serin.plan.Weight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `serin plan`.
@Command(name = "plan", mixinStandardHelpOptions = true, exitCodeListHeading = "Exit codes:%n", exitCodeList = {
    "0:every step can find the fault or let a good version pass in time",
    "1:a step can do neither, or no steps fit into --within: the last lines say why",
    "2:the command line or the file is wrong"}, description = """
        Says what steps can do for a service: how soon faults are found, how many requests fail until then, and how \
        long a good version takes. docs/reference/plan.md explains the numbers.""")
public final class PlanCommand implements Callable<Integer> {

  private static final List<String> WEIGHTS = List.of("0.1%", "0.5%", "1%", "2%", "5%", "10%", "20%", "35%", "50%");
  private static final int CANDIDATES = 9;
  private static final double TWICE = 2;
  private static final double NOVEL = 5e-4;
  private static final int USUAL_PODS = 20;

  /// How the plan is written.
  enum Format {
    TABLE, JSON
  }

  @Spec
  private @Nullable CommandSpec spec;

  @Option(names = "--requests-per-minute", required = true, paramLabel = "N", description = """
      Requests to the service, both arms together.""")
  private double requestsPerMinute;

  @Option(names = "--error-rate", paramLabel = "SHARE", description = """
      Share of stable's requests that fail, such as 0.1%%. Not given: the sum of the signatures.""")
  private @Nullable String errorRate;

  @Option(names = "--signature", paramLabel = "NAME=SHARE", description = """
      A known signature and the share of stable's requests that show it; may be repeated.""")
  private Map<String, String> signatures = Map.of();

  @Option(names = "--pods", paramLabel = "N", description = """
      Stable pods: weights are then those of whole canary pods, as without a weighted router.""")
  private @Nullable Integer pods;

  @Option(names = "--weights", split = ",", paramLabel = "WEIGHT", description = """
      Weights that --within may use, at most 12. Not given: those of the pods, or 0.1%% to 50%%.""")
  private List<String> weights = List.of();

  @Option(names = "--steps", split = ",", paramLabel = "WEIGHT[:MAX]", description = """
      Steps with their maxDuration, such as 1%%:1h,5%%,25%%.""")
  private List<String> steps = List.of();

  @Option(names = "--within", paramLabel = "TIME", description = """
      Propose steps that a good version passes within this time, such as 2h.""")
  private @Nullable String within;

  @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = """
      Manifest of a Rollout: its steps and analysis.""")
  private @Nullable Path file;

  @Option(names = "--alpha", paramLabel = "P", description = "Instead of the Rollout's, or of 0.01.")
  private @Nullable Double alpha;

  @Option(names = "--find", paramLabel = "FACTOR", defaultValue = "5", description = """
      The fault that must be found: errors so many times as frequent (${DEFAULT-VALUE}).""")
  private double find;

  @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = """
      table or json (${DEFAULT-VALUE}).""")
  private Format format = Format.TABLE;

  @Override
  public Integer call() {
    try {
      Plan plan = Plan.of(request());
      line().getOut().print(switch (format) {
        case TABLE -> PlanTable.text(plan);
        case JSON -> PlanJson.text(plan);
      });
      line().getOut().flush();
      return plan.refusals().isEmpty() ? 0 : 1;
    } catch (InputException | IllegalArgumentException e) {
      line().getErr().println(Printable.lines(String.valueOf(e.getMessage())));
      line().getErr().flush();
      return CommandLine.ExitCode.USAGE;
    }
  }

  private PlanRequest request() {
    if (Stream.of(!steps.isEmpty(), within != null).filter(given -> given).count() > 1) {
      throw new InputException("--steps and --within exclude each other: give the steps, or have them proposed");
    }
    RolloutSpec rollout = file == null ? null : TextFile.read(file, RolloutFile::parse);
    Service service = service();
    Terms terms = terms(rollout == null ? AnalysisPolicy.DEFAULT : rollout.analysis());
    Optional<Duration> limit = Optional.ofNullable(within).map(DurationText::parse);
    return new PlanRequest(service, terms, limit.isPresent() ? List.of() : steps(rollout), limit, candidates(),
        faults(service));
  }

  private Service service() {
    TreeMap<String, Double> rates = new TreeMap<>();
    signatures.forEach((name, text) -> rates.put(name, Shares.rate(text)));
    double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
    if (errorRate == null && rates.isEmpty()) {
      throw new InputException("the usual errors are missing: give --error-rate, or each --signature NAME=SHARE");
    }
    double total = errorRate == null ? Math.min(1, sum) : Shares.rate(errorRate);
    if (rates.values().stream().anyMatch(rate -> rate > total)) {
      throw new InputException("--error-rate must not be below the rate of a signature: it counts all errors");
    }
    return new Service(requestsPerMinute, total, rates, pods == null ? USUAL_PODS : pods);
  }

  private Terms terms(AnalysisPolicy analysis) {
    return new Terms(alpha == null ? analysis.alphaValue().doubleValue() : alpha,
        analysis.maxIncreaseValue().doubleValue(), analysis.windowValue(), analysis.warmupValue(),
        analysis.minRequests(), Terms.USUAL.proof());
  }

  private List<PlannedStep> steps(@Nullable RolloutSpec rollout) {
    List<PlannedStep> planned = steps.isEmpty()
        ? rollout == null ? List.of() : Frozen.steps(rollout.steps())
        : steps.stream().map(PlanCommand::step).toList();
    if (planned.isEmpty()) {
      if (pods == null) {
        throw new InputException("no steps are given: add --steps or --within, or --pods for the default steps");
      }
      PlannedStep usual = step("1%");
      planned = ReplicaRatio.defaultSteps(pods, usual.minDuration(), usual.maxDuration());
    }
    for (int i = 1; i < planned.size(); i++) {
      if (planned.get(i).weight().compareTo(planned.get(i - 1).weight()) <= 0) {
        throw new InputException("weights must rise from step to step: step " + (i + 1) + " does not");
      }
    }
    if (pods != null) {
      ReplicaRatio.refusal(planned, pods).ifPresent(refusal -> {
        throw new InputException(refusal);
      });
    }
    return planned;
  }

  private static PlannedStep step(String text) {
    int colon = text.indexOf(':');
    Duration max = DurationText.parse(colon < 0 ? "30m" : text.substring(colon + 1));
    Duration min = Duration.ofMinutes(2);
    return new PlannedStep(Shares.weight(colon < 0 ? text : text.substring(0, colon)),
        min.compareTo(max) < 0 ? min : max, max, false);
  }

  /// With pods, numbers of canary pods from one to as many as stable, at about even ratios.
  private List<Weight> candidates() {
    if (!weights.isEmpty()) {
      return weights.stream().map(Shares::weight).toList();
    }
    if (pods == null) {
      return WEIGHTS.stream().map(Shares::weight).toList();
    }
    int stable = pods;
    return IntStream.range(0, CANDIDATES)
        .mapToObj(i -> (int) Math.round(Math.pow(stable, i / (CANDIDATES - 1.0)))).distinct()
        .map(canary -> Weight.ofPods(canary, stable)).toList();
  }

  private List<Fault> faults(Service service) {
    if (!(find > 1)) {
      throw new InputException("--find must be above 1, was " + find);
    }
    List<Fault> faults = new ArrayList<>();
    if (service.errorRate() >= 1) {
      throw new InputException("--error-rate must be below 100%: nothing can get worse");
    }
    if (service.errorRate() > 0) {
      faults.add(service.total(find));
      if (find != TWICE) {
        faults.add(service.total(TWICE));
      }
    }
    service.signatures().keySet().forEach(name -> faults.add(service.signature(name, find)));
    faults.add(service.novel(NOVEL));
    return faults;
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
