package dev.serin.signature.merge;

import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives signatures, one by one as they come, the one of their group that came first: of `Community alpha not found` and `Community
/// beta not found` the second counts as the first, and so does every later name.
///
/// What was named once keeps its name, so that what a judge tests stays what it is. The rule by which the next signature is
/// named depends on the texts so far alone, and not on the arm that showed them; so where nothing is wrong, the events of a
/// group split between the arms as their requests do. [SignatureGroup] groups a whole set in the same way, but must know it.
///
/// Bounded in memory; beyond, signatures are groups by themselves. Not thread-safe.
public final class FirstOfKind {

  /// Most groups told apart, of all nodes and of one.
  static final int MOST = 2_000;
  static final int MOST_OF_A_NODE = 256;
  /// So many texts show that a place is one of names, dictionary words included.
  private static final int TEXTS = 5;
  /// Beyond, a text is compared each time it comes.
  private static final int MOST_NAMED = 10_000;
  private static final int NODE_BYTES = 8;

  private final Map<String, List<Group>> nodes = new HashMap<>();
  private final Map<SignatureId, Group> named = new HashMap<>();
  private int size;

  /// A group from before.
  ///
  /// @param id
  ///          its name
  /// @param node
  ///          as [#node] tells it
  /// @param template
  ///          what its texts have in common
  public record Known(SignatureId id, String node, String template) {}

  /// @param known
  ///          groups from before, the most important first
  public FirstOfKind(Collection<Known> known) {
    known.forEach(group -> begin(group.node(), group.id(), group.template()));
  }

  /// Where a signature may have relatives, 16 hexadecimal digits; empty for one that has none: folded and named ones stand for
  /// many already, exceptions are told apart by their frames too, troubles of containers by names.
  public static Optional<String> node(Signature signature) {
    boolean related = signature.family() == Family.HTTP || signature.family() == Family.LOG;
    return related && !signature.folded()
        ? Optional.of(hash(signature.family() + "\0" + String.join("\0", signature.levels())))
        : Optional.empty();
  }

  /// The signature's group: the ID of the first of it, and what the texts of the group have in common so far. The same for the
  /// same group again.
  public Signature of(Signature signature) {
    return node(signature).map(node -> of(signature, node)).orElse(signature);
  }

  private Signature of(Signature signature, String node) {
    var group = named.get(signature.id());
    if (group == null) {
      group = find(nodes.getOrDefault(node, List.of()), signature.template());
      if (group == null) {
        begin(node, signature.id(), signature.template());
        return signature;
      }
      if (named.size() < MOST_NAMED) {
        named.put(signature.id(), group);
      }
    }
    return new Signature(group.id, signature.family(), signature.levels(), group.template, signature.name());
  }

  private void begin(String node, SignatureId id, String template) {
    if (size < MOST && nodes.getOrDefault(node, List.of()).size() < MOST_OF_A_NODE && !named.containsKey(id)) {
      var group = new Group(id, template);
      nodes.computeIfAbsent(node, _ -> new ArrayList<>()).add(group);
      named.put(id, group);
      size++;
    }
  }

  /// The oldest group that the text belongs to; null if there is none.
  private static @Nullable Group find(List<Group> groups, String template) {
    var pattern = Pattern.of(template);
    for (var group : groups) {
      if (group.pattern.covers(pattern)) {
        group.learn(template, group.template);
        return group;
      }
    }
    // Deriving costs more than looking, so a node that can name no more groups goes by what they have in common already.
    return groups.size() < MOST_OF_A_NODE ? relative(groups, template) : null;
  }

  private static @Nullable Group relative(List<Group> groups, String template) {
    var forms = MonotoneMerge.forms(Stream.concat(Stream.of(template), groups.stream().flatMap(Group::all)).toList());
    var form = forms.getOrDefault(template, template);
    for (var group : groups) {
      if (form.equals(forms.get(group.template))) {
        group.learn(template, form);
        return group;
      }
    }
    return null;
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NODE_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// What was named once.
  private static final class Group {
    private final SignatureId id;
    private final List<String> texts = new ArrayList<>();
    private String template;
    private Pattern pattern;

    Group(SignatureId id, String template) {
      this.id = id;
      this.template = template;
      pattern = Pattern.of(template);
      texts.add(template);
    }

    /// What it has in common, and the first of its texts.
    Stream<String> all() {
      return Stream.concat(Stream.of(template), texts.stream());
    }

    void learn(String text, String common) {
      if (texts.size() < TEXTS && !texts.contains(text)) {
        texts.add(text);
      }
      if (!common.equals(template)) {
        template = common;
        pattern = Pattern.of(common);
      }
    }
  }
}
