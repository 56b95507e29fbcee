package dev.serin.signature.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Unites templates that differ only in names: `login of kschmidt` and `login of alimov`.
///
/// The groups depend on the set of templates only, and more templates never split a group: every condition says "at least"
/// about a set that grows, and what a round derives it derives from the rounds before it alone.
public final class MonotoneMerge {

  // An entry is what stands in one place of otherwise equal templates. Names are entries that the dictionary does not have.

  private static final int MOST_ROUNDS = 8;
  private static final int NAMES = 2;
  private static final int NAMES_OF_A_LIST = 4;
  private static final int ENTRIES_OF_A_LIST = 5;

  private final Map<Pattern, Integer> numbers = new LinkedHashMap<>();
  private final List<Integer> parents = new ArrayList<>();

  private MonotoneMerge() {}

  /// Groups templates, as the canonicaliser writes them.
  ///
  /// @return for each template, the smallest template of its group
  public static Map<String, String> groups(Collection<String> templates) {
    var merge = of(templates);
    Map<Integer, String> smallest = new HashMap<>();
    for (var template : templates) {
      smallest.merge(merge.classOf(template), template, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    Map<String, String> groups = new TreeMap<>();
    templates.forEach(template -> groups.put(template, smallest.get(merge.classOf(template))));
    return groups;
  }

  /// Groups templates, as the canonicaliser writes them.
  ///
  /// @return for each template, what all of its group have in common: `login of <*>`. Equal for equal groups only.
  public static Map<String, String> forms(Collection<String> templates) {
    var merge = of(templates);
    Map<Integer, Pattern> forms = new HashMap<>();
    merge.numbers.forEach((pattern, number) -> forms.merge(merge.root(number), pattern, Pattern::moreGeneral));
    Map<String, String> result = new TreeMap<>();
    templates.forEach(template -> result.put(template,
        Objects.requireNonNull(forms.get(merge.classOf(template))).toString()));
    return result;
  }

  private static MonotoneMerge of(Collection<String> templates) {
    var merge = new MonotoneMerge();
    templates.forEach(template -> merge.number(Pattern.of(template)));
    for (int round = 0; round < MOST_ROUNDS && merge.round(); round++) {
      // Each round sees all that the rounds before it derived.
    }
    return merge;
  }

  private int classOf(String template) {
    return root(number(Pattern.of(template)));
  }

  /// Derives new patterns and unions from all patterns so far; false if there was nothing new.
  private boolean round() {
    Map<Context, Entries> contexts = new LinkedHashMap<>();
    for (var pattern : numbers.keySet()) {
      for (int i = 0; i < pattern.length(); i++) {
        if (pattern.mayVary(i)) {
          contexts.computeIfAbsent(new Context(pattern, i), _ -> new Entries()).add(pattern, i);
        }
      }
    }
    boolean changed = false;
    for (var context : contexts.entrySet()) {
      var entries = context.getValue();
      if (entries.unite(context.getKey().isHead())) {
        changed |= unite(entries, context.getKey().pattern().varied(context.getKey().position()));
      }
    }
    return changed;
  }

  private boolean unite(Entries entries, Pattern general) {
    boolean changed = !numbers.containsKey(general);
    int root = root(number(general));
    for (var joiner : entries.joiners()) {
      int other = root(number(joiner));
      changed |= other != root;
      parents.set(other, root);
    }
    return changed;
  }

  private int number(Pattern pattern) {
    return numbers.computeIfAbsent(pattern, _ -> {
      parents.add(parents.size());
      return parents.size() - 1;
    });
  }

  private int root(int number) {
    int root = number;
    while (parents.get(root) != root) {
      parents.set(root, parents.get(parents.get(root)));
      root = parents.get(root);
    }
    return root;
  }

  /// The patterns that differ in one place only.
  private static final class Entries {
    private final List<Pattern> names = new ArrayList<>();
    private final List<Pattern> words = new ArrayList<>();
    private final List<Pattern> variables = new ArrayList<>();

    void add(Pattern pattern, int position) {
      (pattern.isVariable(position) ? variables : pattern.isEnglish(position) ? words : names).add(pattern);
    }

    /// Whether what stands here varies.
    boolean unite(boolean head) {
      return (!variables.isEmpty() && !names.isEmpty()) || (!head && (names.size() >= NAMES || isList()));
    }

    private boolean isList() {
      return names.size() + words.size() + variables.size() >= ENTRIES_OF_A_LIST;
    }

    /// Dictionary words join only where so many entries stand that the place is surely one of names.
    List<Pattern> joiners() {
      List<Pattern> joiners = new ArrayList<>(variables);
      joiners.addAll(names);
      if (isList() || names.size() >= NAMES_OF_A_LIST) {
        joiners.addAll(words);
      }
      return joiners;
    }
  }
}
