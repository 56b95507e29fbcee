package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A kind of run with all its chances.
///
/// @param id
///          short name, such as `A2b`
/// @param text
///          what happens, for people
/// @param family
///          whether the canary is good
/// @param fleet
///          the pods
/// @param traffic
///          requests over time
/// @param onset
///          minute at which a bad canary begins to be worse
/// @param setup
///          draws what is fixed for a run
public record Scenario(String id, String text, Family family, Fleet fleet, Traffic traffic, double onset, Setup setup) {

  /// Good versions must not be rolled back, bad ones must.
  public enum Family {
    GOOD, BAD
  }

  /// What happens in one run.
  record World(List<Source> sources, Measurement measurement) {
    World {
      sources = List.copyOf(sources);
    }

    World(Source... sources) {
      this(List.of(sources), Measurement.EXACT);
    }
  }

  /// Draws the world of a run.
  interface Setup extends Function<Draws, World> {}

  /// Indexes of the signatures that the canary shows more often than stable: what a roll back may blame.
  public Set<Integer> guilty() {
    return Information.guilty(this);
  }

  /// The scenario from an hour before its canary starts.
  public Course course(Draws draws) {
    return new Course(this, draws);
  }

  /// Whether the canary's share of the requests is not the same all the time.
  public boolean changesWeight() {
    return !traffic.equals(Traffic.STEADY);
  }
}
