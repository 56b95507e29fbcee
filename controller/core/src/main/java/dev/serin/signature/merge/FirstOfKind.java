package dev.serin.signature.merge;

import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.digest.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives signatures, one by one as they come, the one of their kind that came first: of `Mailbox of alpha not found` and `Mailbox of
/// beta not found` the second counts as the first, and so does every later name.
///
/// Two texts of one place are of a kind if they differ in words that no dictionary has: in one, and in those that have turned out
/// to be names already. What was named once keeps its name, so that what a judge tests stays what it is. How the next signature is named
/// depends on its text and those of its place before, not on the arm that shows it; so where nothing is wrong, the events of a kind
/// split between the arms as their requests do. Other places teach only how its text is shown, see [RouteTexts].
/// [SignatureGroup] unites more, since it knows the whole set.
///
/// Bounded in memory; beyond, signatures are kinds by themselves. Not thread-safe.
public final class FirstOfKind {

  /// Most kinds told apart, of all places and of one; where records name a logger or route there are fewer, and they fold beyond.
  static final int MOST = 2_000;
  static final int MOST_OF_A_NODE = 256;
  static final int MOST_WITH_LOGGER = 64;
  /// Beyond, a text is compared each time it comes.
  private static final int MOST_NAMED = 10_000;
  private static final int NODE_BYTES = 8;

  private final Map<String, List<Kind>> nodes = new HashMap<>();
  private final Map<SignatureId, Kind> named = new HashMap<>();
  private final RouteTexts routeTexts = new RouteTexts();
  private final Set<Kind> ofRoutes = new HashSet<>();
  private int size;

  /// A kind from before.
  ///
  /// @param id
  ///          its name
  /// @param node
  ///          as [#node] tells it; empty for one that takes no others in
  /// @param template
  ///          what its texts have in common
  public record Known(SignatureId id, Optional<String> node, String template) {}

  /// @param known
  ///          kinds from before, the most important first
  public FirstOfKind(Collection<Known> known) {
    // What has a name keeps it, whether it takes others in or not.
    known.forEach(kind -> kind.node().ifPresentOrElse(
        node -> begin(node, MOST_OF_A_NODE, new Kind(kind.id(), Pattern.of(kind.template()), true)),
        () -> named.putIfAbsent(kind.id(), new Kind(kind.id(), Pattern.of(kind.template()), false))));
  }

  /// Where a signature may have relatives, 16 hexadecimal digits; empty for one that has none: folded and named ones stand for
  /// many already, exceptions are told apart by their frames too, troubles of containers by names.
  public static Optional<String> node(Signature signature) {
    boolean related = signature.family() == Family.HTTP || signature.family() == Family.LOG;
    return related && !signature.folded()
        ? Optional.of(Sha256.hex(signature.family() + "\0" + String.join("\0", signature.levels()), NODE_BYTES))
        : Optional.empty();
  }

  /// The signature's kind: the ID of the first of it, and what the texts of the kind have in common so far, less what other routes
  /// have shown to be names. The same ID for the same kind again.
  public Signature of(Signature signature) {
    var known = named.get(signature.id());
    var kind = known == null ? newcomer(signature) : known;
    if (kind == null) {
      return signature;
    }
    if (signature.family() == Family.HTTP && kind.untold) {
      tellRoutes(kind);
    }
    return kind.with(signature);
  }

  private @Nullable Kind newcomer(Signature signature) {
    var node = node(signature);
    if (node.isEmpty()) {
      return null;
    }
    var pattern = Pattern.of(signature.template());
    for (var kind : nodes.getOrDefault(node.get(), List.of())) {
      var common = kind.pattern.withNames(pattern);
      if (common.isPresent()) {
        kind.learn(common.get());
        if (named.size() < MOST_NAMED) {
          named.put(signature.id(), kind);
        }
        return kind;
      }
    }
    begin(node.get(), signature.levels().getLast().isEmpty() ? MOST_OF_A_NODE : MOST_WITH_LOGGER,
        new Kind(signature.id(), pattern, true));
    return named.get(signature.id());
  }

  private void begin(String node, int most, Kind kind) {
    if (size < MOST && nodes.getOrDefault(node, List.of()).size() < most && !named.containsKey(kind.id)) {
      nodes.computeIfAbsent(node, _ -> new ArrayList<>()).add(kind);
      named.put(kind.id, kind);
      size++;
    }
  }

  private void tellRoutes(Kind kind) {
    kind.untold = false;
    ofRoutes.add(kind);
    routeTexts.learn(kind.pattern).ifPresent(common -> ofRoutes.stream().filter(other -> common.covers(other.pattern))
        .forEach(other -> other.template = common.toString()));
  }

  /// What was named once.
  private static final class Kind {
    private final SignatureId id;
    private Pattern pattern;
    /// The pattern, less what other routes have shown to be names.
    private String template;
    /// Whether other routes may learn from it. Where a kind from before belongs shows when it comes again.
    private boolean untold;

    Kind(SignatureId id, Pattern pattern, boolean related) {
      this.id = id;
      this.pattern = pattern;
      untold = related;
      template = pattern.toString();
    }

    void learn(Pattern common) {
      if (!common.equals(pattern)) {
        pattern = common;
        template = common.toString();
        untold = true;
      }
    }

    /// Every record of trouble comes by here, so one that is named right already costs nothing.
    Signature with(Signature member) {
      return member.id().equals(id) && member.template().equals(template)
          ? member
          : new Signature(id, member.family(), member.levels(), template, member.name());
    }
  }
}
