package dev.serin.rollout.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Breadth-first search over the worlds of a setting. It ends at the first broken rule, whose trace is then a shortest
/// one.
final class Search {

  private static final List<Rule> RULES = Stream.concat(Exposure.RULES.stream(), Promises.RULES.stream()).toList();

  private final Setting setting;
  private final Moves moves;
  private final @Nullable Course course;
  private final Map<World, Origin> found = new HashMap<>();
  private long made;
  private int depth;

  private Search(Setting setting, Machine machine, @Nullable Course course) {
    this.setting = setting;
    this.moves = new Moves(setting, machine);
    this.course = course;
  }

  /// Checks every rule.
  static Search everything(Setting setting, Machine machine) {
    return new Search(setting, machine, new Course(setting, machine));
  }

  /// Checks the rules over single moves only, not where a world goes from here.
  static Search moves(Setting setting, Machine machine) {
    return new Search(setting, machine, null);
  }

  /// @param states
  ///          different worlds found
  /// @param moves
  ///          moves tried
  /// @param depth
  ///          longest shortest way to a world
  /// @param exhausted
  ///          whether there are no others
  /// @param broken
  ///          the first broken rule with the way to it
  record Outcome(int states, long moves, int depth, boolean exhausted, Optional<Broken> broken) {}

  /// @param rule
  ///          what is broken
  /// @param trace
  ///          a shortest way to it, in words
  record Broken(String rule, String trace) {}

  private record Origin(@Nullable World before, @Nullable Move move, int depth) {}

  Outcome upTo(int cap) {
    World start = setting.start();
    Deque<World> open = new ArrayDeque<>();
    open.add(start);
    found.put(start, new Origin(null, null, 0));
    while (!open.isEmpty()) {
      World world = open.remove();
      Optional<Broken> broken = visit(world, open, cap);
      if (broken.isPresent()) {
        return outcome(false, broken);
      }
    }
    return outcome(found.size() < cap, Optional.empty());
  }

  private Optional<Broken> visit(World world, Deque<World> open, int cap) {
    int at = Objects.requireNonNull(found.get(world)).depth();
    depth = Math.max(depth, at);
    if (course != null) {
      Optional<Course.Wrong> wrong = course.wrong(world);
      if (wrong.isPresent()) {
        return wrong.map(it -> new Broken(it.rule(), trace(world, it.course())));
      }
    }
    for (Move move : moves.from(world)) {
      made++;
      for (Rule rule : RULES) {
        if (!rule.holds().test(world, move)) {
          return Optional.of(new Broken(rule.name(), trace(world, List.of(move))));
        }
      }
      if (found.size() < cap && found.putIfAbsent(move.after(), new Origin(world, move, at + 1)) == null) {
        open.add(move.after());
      }
    }
    return Optional.empty();
  }

  private Outcome outcome(boolean exhausted, Optional<Broken> broken) {
    return new Outcome(found.size(), made, depth, exhausted, broken);
  }

  private String trace(World last, List<Move> further) {
    List<Move> way = new ArrayList<>();
    World world = last;
    while (true) {
      Origin origin = Objects.requireNonNull(found.get(world));
      if (origin.before() == null || origin.move() == null) {
        break;
      }
      way.addFirst(origin.move());
      world = origin.before();
    }
    StringBuilder text = new StringBuilder("from\n").append(world);
    Stream.concat(way.stream(), further.stream().limit(25)).forEach(
        move -> text.append("\n- ").append(move.who()).append(": ").append(move.what()).append('\n')
            .append(move.after()));
    return text.toString();
  }
}
