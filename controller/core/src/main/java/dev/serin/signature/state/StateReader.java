package dev.serin.signature.state;

import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import dev.serin.signature.sketch.HyperLogLog;
import dev.serin.signature.sketch.SpaceSaving;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads a state that [StateJson] wrote.
final class StateReader {

  private static final int HEX = 16;

  private final SortedMap<SignatureId, Atom> atoms = new TreeMap<>();
  private final List<SignatureId> order;
  private final Node root;

  /// A member of the JSON, asked for with the type that it must have.
  private record Node(Object value) {

    /// A member; an empty text where there is none.
    Node get(String key) {
      return map().getOrDefault(key, new Node(""));
    }

    List<Node> list() {
      if (value instanceof List<?> list) {
        return list.stream().map(Node::new).toList();
      }
      throw wrong("a list");
    }

    SortedMap<String, Node> map() {
      if (value instanceof SortedMap<?, ?> map) {
        SortedMap<String, Node> nodes = new TreeMap<>();
        map.forEach((key, member) -> nodes.put(key.toString(), new Node(member)));
        return nodes;
      }
      throw wrong("an object");
    }

    String text() {
      if (value instanceof String text) {
        return text;
      }
      throw wrong("a text");
    }

    long number() {
      if (value instanceof Long number) {
        return number;
      }
      throw wrong("a number");
    }

    int small() {
      return Math.toIntExact(number());
    }

    long hex() {
      return Long.parseUnsignedLong(text(), HEX);
    }

    private IllegalArgumentException wrong(String expected) {
      return new IllegalArgumentException("a stored state has " + value + " in place of " + expected);
    }
  }

  private StateReader(String json) {
    root = new Node(CanonicalJson.read(json));
    var version = root.get("version").text();
    if (!version.equals(SignatureFolding.VERSION)) {
      throw new IllegalArgumentException(
          "a stored state has version '" + version + "', but this is " + SignatureFolding.VERSION);
    }
    root.get("atoms").list().forEach(this::atom);
    order = List.copyOf(atoms.keySet());
  }

  /// @throws IllegalArgumentException
  ///           if it is no state of this version
  static SignatureState read(String json) {
    var reader = new StateReader(json);
    SortedMap<Owner, OwnerCounts> owners = new TreeMap<>();
    reader.root.get("owners").list().forEach(node -> {
      var name = node.get("owner").list();
      owners.put(new Owner(name.get(0).text(), name.get(1).text(), name.get(2).text(), name.get(3).small()),
          reader.counts(node));
    });
    return new SignatureState(reader.root.get("keyId").text(), reader.root.get("windowSeq").number(), owners,
        reader.atoms);
  }

  private void atom(Node node) {
    var id = new SignatureId(node.get("id").text());
    var name = node.get("name").text();
    var signature = new Signature(id, Family.valueOf(node.get("family").text().toUpperCase(Locale.ROOT)),
        node.get("levels").list().stream().map(Node::text).toList(), node.get("template").text(),
        name.isEmpty() ? Optional.empty() : Optional.of(name));
    SortedMap<String, List<Sample>> samples = new TreeMap<>();
    node.get("samples").map().forEach((arm, list) -> samples.put(arm, list.list().stream().map(Node::list)
        .map(sample -> new Sample(sample.get(0).hex(), sample.get(1).text())).toList()));
    atoms.put(id, new Atom(signature, node.get("firstSeen").number(), node.get("lastSeen").number(),
        HyperLogLog.ofSparse(node.get("hll").text()), node.get("podBits").hex(), samples));
  }

  private OwnerCounts counts(Node node) {
    SortedMap<SignatureId, Long> counts = new TreeMap<>();
    node.get("counts").map().forEach((index, count) -> counts.put(order.get(Integer.parseInt(index)), count.number()));
    var cursor = node.get("cursor").list();
    return new OwnerCounts(node.get("position").number(),
        new OwnerCounts.Cursor(cursor.get(0).number(), cursor.get(1).small(), cursor.get(2).hex()),
        node.get("gaps").list().stream().map(Node::list)
            .map(gap -> new OwnerCounts.Gap(gap.get(0).number(), gap.get(1).number())).toList(),
        counts, node.get("topTenants").list().stream().map(Node::list)
            .map(top -> new SpaceSaving.Entry(top.get(0).hex(), top.get(1).number(), top.get(2).number())).toList());
  }
}
