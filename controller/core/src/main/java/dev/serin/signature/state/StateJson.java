package dev.serin.signature.state;

import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes a state as canonical JSON. Hashes are hex texts: as numbers they would exceed what JSON readers keep exactly.
final class StateJson {

  private StateJson() {}

  static String write(SignatureState state) {
    List<SignatureId> order = List.copyOf(state.atoms().keySet());
    var folding = SignatureState.folding(List.of(state));
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("K", (long) folding.perNode());
    root.put("aliases", texts(state.aliases()));
    root.put("atoms", state.atoms().values().stream().map(StateJson::atom).toList());
    root.put("folded", state.atoms().values().stream().map(Atom::signature).filter(Signature::folded)
        .map(signature -> signature.id().value()).toList());
    root.put("keyId", state.keyId());
    root.put("owners", state.owners().entrySet().stream()
        .map(entry -> owner(entry.getKey(), entry.getValue(), order)).toList());
    root.put("version", SignatureFolding.VERSION);
    root.put("windowSeq", state.windowSeq());
    return CanonicalJson.write(root);
  }

  private static SortedMap<String, Object> atom(Atom atom) {
    SortedMap<String, Object> json = new TreeMap<>();
    json.put("family", atom.signature().family().name().toLowerCase(Locale.ROOT));
    json.put("firstSeen", atom.firstSeen());
    json.put("hll", atom.tenants().sparse());
    json.put("id", atom.signature().id().value());
    json.put("lastSeen", atom.lastSeen());
    json.put("levels", atom.signature().levels());
    atom.signature().name().ifPresent(name -> json.put("name", name));
    json.put("podBits", Long.toHexString(atom.podBits()));
    SortedMap<String, Object> samples = new TreeMap<>();
    atom.samples().forEach((arm, list) -> samples.put(arm,
        list.stream().map(sample -> List.of(Long.toHexString(sample.hash()), sample.text())).toList()));
    json.put("samples", samples);
    json.put("template", atom.signature().template());
    return json;
  }

  private static SortedMap<String, Object> owner(Owner owner, OwnerCounts counts, List<SignatureId> order) {
    SortedMap<String, Object> json = new TreeMap<>();
    SortedMap<String, Object> byIndex = new TreeMap<>();
    for (int i = 0; i < order.size(); i++) {
      var count = counts.counts().get(order.get(i));
      if (count != null) {
        byIndex.put(String.valueOf(i), count);
      }
    }
    json.put("counts", byIndex);
    json.put("cursor", List.of(counts.cursor().time(), (long) counts.cursor().line(),
        Long.toHexString(counts.cursor().hash())));
    json.put("gaps", counts.gaps().stream().map(gap -> List.of(gap.from(), gap.to())).toList());
    json.put("owner", List.of(owner.arm(), owner.podUid(), owner.container(), (long) owner.restart()));
    json.put("position", counts.position());
    json.put("topTenants", counts.topTenants().stream()
        .map(entry -> List.of(Long.toHexString(entry.value()), entry.count(), entry.error())).toList());
    return json;
  }

  private static SortedMap<String, Object> texts(SortedMap<SignatureId, SignatureId> aliases) {
    SortedMap<String, Object> texts = new TreeMap<>();
    aliases.forEach((alias, group) -> texts.put(alias.value(), group.value()));
    return texts;
  }
}
