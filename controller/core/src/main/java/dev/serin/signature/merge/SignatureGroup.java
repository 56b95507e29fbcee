package dev.serin.signature.merge;

import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signatures of one node of the tree that differ in names only: what users see as one.
///
/// @param id
///          the smallest ID of them
/// @param template
///          what their templates have in common
public record SignatureGroup(SignatureId id, String template) {

  /// The groups of a set of signatures, which depend on nothing but the set.
  ///
  /// What has no relatives, as [FirstOfKind#node] says, is a group by itself.
  ///
  /// @return for each signature, its group
  public static SortedMap<SignatureId, SignatureGroup> of(Collection<Signature> signatures) {
    SortedMap<SignatureId, SignatureGroup> groups = new TreeMap<>();
    signatures.stream().collect(Collectors.groupingBy(FirstOfKind::node)).forEach((node, members) -> {
      if (node.isEmpty()) {
        members.forEach(member -> groups.put(member.id(), new SignatureGroup(member.id(), member.template())));
      } else {
        unite(members, groups);
      }
    });
    return groups;
  }

  private static void unite(List<Signature> members, SortedMap<SignatureId, SignatureGroup> groups) {
    Set<String> templates = members.stream().map(Signature::template)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    var forms = MonotoneMerge.forms(templates);
    Map<String, SignatureGroup> smallest = new HashMap<>();
    for (var member : members) {
      smallest.merge(forms.getOrDefault(member.template(), ""), new SignatureGroup(member.id(),
          forms.getOrDefault(member.template(), "")),
          (one, other) -> one.id.compareTo(other.id) <= 0 ? one : other);
    }
    for (var member : members) {
      groups.put(member.id(), smallest.get(forms.getOrDefault(member.template(), "")));
    }
  }
}
