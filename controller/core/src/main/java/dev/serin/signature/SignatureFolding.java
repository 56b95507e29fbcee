package dev.serin.signature;

import dev.serin.signature.record.Level;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps the number of signatures of one rollout bounded, whatever an application logs.
///
/// A node of the tree with too many different children is folded for good: one signature stands for all of them from
/// then
/// on. Nothing is ever evicted, so counts stay exact at the node. What is folded in the end depends on the set of
/// signatures only, never on their order.
///
/// Not thread-safe. Callers fold the keys of their counts again at the end of a window, so that earlier counts move
/// up too.
public final class SignatureFolding {

  /// Version of the algorithm that named the signatures.
  public static final String VERSION = SignatureId.VERSION;

  /// Most signatures of one route, exception chain or logger.
  static final int PER_NODE = 64;
  /// The same where records name no logger, or all plain text would fold.
  static final int PER_NODE_WITHOUT_LOGGER = 1_024;
  /// Most routes, exception chains or loggers of one family; beyond, each folds into the level above, and so once more.
  static final int NODES_PER_FAMILY = 256;
  /// Most signatures of all families together; beyond, the limits per node are halved.
  static final int TOTAL = 2_000;

  /// Enough for the total, whatever was logged: 4 families of 256 nodes, all folded.
  private static final int MOST_HALVINGS = 7;

  private final Map<Family, Tree> trees = new EnumMap<>(Family.class);
  private int halvings;

  /// Most signatures of one node with a logger, by now: halved as the total nears its bound.
  public int perNode() {
    return PER_NODE >> halvings;
  }

  /// Takes a signature, also one that an earlier call returned.
  ///
  /// @return what it counts for: itself, or the folded signature above it
  public Signature fold(Signature signature) {
    if (signature.family() == Family.NAMED) {
      // The user chose how many there are.
      return signature;
    }
    var tree = trees.computeIfAbsent(signature.family(), _ -> new Tree());
    boolean grown = tree.add(signature);
    while (grown && halvings < MOST_HALVINGS && trees.values().stream().mapToInt(Tree::charge).sum() > TOTAL) {
      halvings++;
    }
    return tree.place(signature);
  }

  private int limit(List<String> levels) {
    return (levels.getLast().isEmpty() ? PER_NODE_WITHOUT_LOGGER : PER_NODE) >> halvings;
  }

  /// The signatures of one family. No set grows beyond its limit and one: more would say nothing new.
  private final class Tree {
    private final Set<String> roots = new HashSet<>();
    private final Map<List<String>, Set<SignatureId>> nodes = new HashMap<>();
    private final Set<List<String>> folded = new HashSet<>();

    /// Whether that changed what the family costs.
    boolean add(Signature signature) {
      var levels = signature.levels();
      boolean grown = signature.folded() && folded.add(levels);
      if (!levels.isEmpty() && roots.size() <= NODES_PER_FAMILY) {
        grown |= roots.add(levels.getFirst());
      }
      if (levels.size() == 2 && !isCoarse()) {
        var children = nodes.computeIfAbsent(levels, _ -> new HashSet<>());
        if (children.size() <= limit(levels)) {
          grown |= children.add(signature.id());
        }
      }
      return grown;
    }

    Signature place(Signature signature) {
      var levels = signature.levels();
      if (folded.contains(List.<String>of()) || roots.size() > NODES_PER_FAMILY) {
        return Signature.folded(signature.family(), List.of());
      }
      if (isCoarse() && !levels.isEmpty()) {
        return Signature.folded(signature.family(), levels.subList(0, 1));
      }
      return levels.size() == 2 && isFolded(levels) ? Signature.folded(signature.family(), levels) : signature;
    }

    /// What the family costs. It never falls when something folds, or the order of arrival would decide.
    int charge() {
      if (isCoarse()) {
        return NODES_PER_FAMILY * ((PER_NODE >> halvings) + 1)
            + Level.values().length * ((PER_NODE_WITHOUT_LOGGER >> halvings) + 1);
      }
      return nodes.entrySet().stream().mapToInt(node -> {
        int most = limit(node.getKey()) + 1;
        return folded.contains(node.getKey()) ? most : Math.min(node.getValue().size(), most);
      }).sum();
    }

    private boolean isFolded(List<String> levels) {
      return folded.contains(levels) || nodes.getOrDefault(levels, Set.of()).size() > limit(levels);
    }

    private boolean isCoarse() {
      return nodes.size() > NODES_PER_FAMILY || folded.stream().anyMatch(levels -> levels.size() < 2);
    }
  }
}
