package dev.serin.rollout.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The way that one step after the other leads from a world; how long each is, is remembered.
final class Way {

  private final int longest;
  private final Function<World, Optional<Move>> step;
  private final Predicate<World> end;
  private final Map<World, Integer> known = new HashMap<>();

  /// @param longest
  ///          moves that are allowed
  /// @param step
  ///          the next move, if there is one
  /// @param end
  ///          whether a way may end in this world
  Way(int longest, Function<World, Optional<Move>> step, Predicate<World> end) {
    this.longest = longest;
    this.step = step;
    this.end = end;
  }

  /// The moves from a world, if they are too many or end where they must not.
  Optional<List<Move>> wrong(World from) {
    List<World> worlds = new ArrayList<>();
    List<Move> moves = new ArrayList<>();
    World world = from;
    Integer left = known.get(world);
    while (left == null) {
      worlds.add(world);
      Optional<Move> next = step.apply(world);
      if (next.isEmpty() && !end.test(world)) {
        return Optional.of(moves);
      }
      if (next.isEmpty()) {
        left = -1;
      } else {
        moves.add(next.get());
        world = next.get().after();
        left = moves.size() > longest ? Integer.valueOf(0) : known.get(world);
      }
    }
    if (left + worlds.size() > longest) {
      return Optional.of(moves);
    }
    for (World passed : worlds.reversed()) {
      left++;
      known.put(passed, left);
    }
    return Optional.empty();
  }
}
