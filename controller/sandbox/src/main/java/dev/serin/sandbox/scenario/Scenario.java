package dev.serin.sandbox.scenario;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.load.LoadPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a scenario file says; `docs/scenarios.md` describes the file.
///
/// @param name     one line for people
/// @param seed     of everything that is left to chance
/// @param workload the Deployment and Service under release
/// @param rollout  the Rollout's spec without its `workloadRef`
/// @param versions what the pods of each image do
/// @param load     what the clients send
/// @param pushes   in order
public record Scenario(String name, long seed, Workload workload, Map<String, Object> rollout,
    List<AppVersion> versions, LoadPlan load, List<Push> pushes) {

  /// @param name      of Deployment, Service and Rollout
  /// @param namespace created if it is missing
  /// @param replicas  of the Deployment
  /// @param image     that runs before the first push
  public record Workload(String name, String namespace, int replicas, String image) {}

  public Scenario {
    rollout = Map.copyOf(rollout);
    versions = List.copyOf(versions);
    pushes = List.copyOf(pushes);
  }

  /// Messages of the faults that a version has and the one before it has not.
  Set<String> newFaults(String image, String imageBefore) {
    Set<String> before = faults(imageBefore);
    return faults(image).stream().filter(message -> !before.contains(message)).collect(Collectors.toUnmodifiableSet());
  }

  private Set<String> faults(String image) {
    return versions.stream().filter(version -> version.image().equals(image)).flatMap(v -> v.errors().stream())
        .map(ErrorRule::message).collect(Collectors.toUnmodifiableSet());
  }
}
