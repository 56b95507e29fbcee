package dev.serin.sandbox.scenario;

import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.LogFormat;
import dev.serin.sandbox.app.LoggedRequests;
import dev.serin.sandbox.app.Startup;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.sandbox.yaml.ApiFields;
import dev.serin.sandbox.yaml.Section;
import dev.serin.sandbox.yaml.SpecValues;
import dev.serin.sandbox.yaml.YamlException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads scenario files, and refuses whatever it does not understand.
public final class ScenarioParser {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ScenarioParser() {}

  /// @param yaml one YAML document
  /// @throws YamlException if it is not a scenario; the message names the place and what to change
  public static Scenario parse(String yaml) {
    Scenario scenario = Section.document(yaml, ScenarioParser::scenario);
    checkImages(scenario);
    return scenario;
  }

  private static Scenario scenario(Section file) {
    String name = file.text("name");
    int seed = file.integer("seed", 1, 0, Integer.MAX_VALUE);
    return new Scenario(name, seed, file.section("workload", ScenarioParser::workload), rollout(file),
        file.list("versions", 50, ScenarioParser::version),
        file.section("load", section -> load(section, seed)), pushes(file));
  }

  private static Scenario.Workload workload(Section section) {
    Scenario.Workload workload = new Scenario.Workload(section.text("name"),
        section.optionalText("namespace").orElse("default"), section.integer("replicas", 4, 1, 50),
        section.text("image"));
    for (String name : List.of(workload.name(), workload.namespace())) {
      if (!name.matches("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "'" + name + "' must be a name of at most 52 lower-case letters, digits and -");
      }
    }
    return workload;
  }

  private static AppVersion version(Section section) {
    return new AppVersion(section.text("image"), section.choice("logFormat", LogFormat.class).orElse(LogFormat.JSON),
        section.choice("logged", LoggedRequests.class).orElse(LoggedRequests.ALL),
        section.duration("latency", Duration.ofMillis(2)),
        section.choice("startup", Startup.class).orElse(Startup.READY),
        section.list("errors", 20, ScenarioParser::error));
  }

  private static ErrorRule error(Section section) {
    return new ErrorRule(section.text("message"), section.integer("status", 0, 400, 599),
        section.optionalText("exception").orElse(null), section.fraction("rate"), section.fraction("tenants"),
        section.duration("start", Duration.ZERO), section.optionalDuration("end").orElse(null),
        section.duration("on", Duration.ZERO), section.duration("off", Duration.ZERO), null);
  }

  private static LoadPlan load(Section section, int seed) {
    LoadPlan usual = LoadPlan.ofRate(section.integer("rps", 300, 1, 5000));
    return new LoadPlan(usual.requestsPerSecond(), section.integer("tenants", usual.tenants(), 1, 100_000),
        section.number("zipf", usual.zipf()), section.integer("keepAlive", usual.keepAlive(), 1, 100_000),
        section.integer("connections", usual.connections(), 1, 500), seed);
  }

  private static PushEntry push(Section section) {
    Optional<Duration> at = section.optionalDuration("at");
    Optional<Outcome> after = section.choice("after", Outcome.class);
    if (at.isPresent() == after.isPresent()) {
      throw new IllegalArgumentException("must say either at (a time such as 20s) or after (Promoted or RolledBack)");
    }
    return new PushEntry(new Push(section.text("image"), at.orElse(Duration.ZERO),
        section.choice("expect", Outcome.class).orElse(null), section.duration("within", PATIENCE)), after);
  }

  /// A push as written: `after` only repeats what the push before it expects, so that a reader sees the order.
  private record PushEntry(Push push, Optional<Outcome> after) {}

  private static List<Push> pushes(Section file) {
    List<PushEntry> entries = file.list("pushes", 50, ScenarioParser::push);
    for (int i = 0; i < entries.size(); i++) {
      Optional<Outcome> after = entries.get(i).after();
      Outcome expected = i == 0 ? null : entries.get(i - 1).push().expect();
      if (after.isPresent() && after.get() != expected) {
        throw new YamlException(file.at("pushes") + "[" + i + "].after",
            "must name what the push before it expects: write the same outcome as expect there, or use at here");
      }
    }
    return entries.stream().map(PushEntry::push).toList();
  }

  private static Map<String, Object> rollout(Section file) {
    Map<String, Object> spec = file.raw("rollout");
    if (spec.containsKey("workloadRef")) {
      throw new YamlException("rollout.workloadRef", "is made from workload: remove it");
    }
    SpecValues.check("rollout", ApiFields.read("rollout", spec, RolloutSpec.class));
    return spec;
  }

  private static void checkImages(Scenario scenario) {
    Set<String> images = new HashSet<>();
    for (int i = 0; i < scenario.versions().size(); i++) {
      if (!images.add(scenario.versions().get(i).image())) {
        throw new YamlException("versions[" + i + "].image", "is the image of an earlier version: remove one");
      }
    }
    if (!images.contains(scenario.workload().image())) {
      throw new YamlException("workload.image", "is no image under versions: add the version");
    }
  }
}
