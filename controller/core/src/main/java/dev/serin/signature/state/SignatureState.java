package dev.serin.signature.state;

import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.SignatureGroup;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that is known of a Rollout's signatures, folded to its bounds: a value that two controllers may merge.
///
/// Laws: merging is commutative, associative and idempotent, and never splits a group. Folding commutes with it: what is
/// folded depends on the set of atoms alone. Counts stay exact: a folded signature has the sum of what it stands for.
///
/// @param keyId
///          name of the key that hides tenants; states of different keys do not merge
/// @param windowSeq
///          the last window that it holds
/// @param owners
///          counts by container instance
/// @param atoms
///          every signature that is counted
public record SignatureState(String keyId, long windowSeq, SortedMap<Owner, OwnerCounts> owners,
    SortedMap<SignatureId, Atom> atoms) {

  public SignatureState {
    owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
    atoms = Collections.unmodifiableSortedMap(new TreeMap<>(atoms));
  }

  public static SignatureState empty(String keyId) {
    return new SignatureState(keyId, 0, new TreeMap<>(), new TreeMap<>());
  }

  /// What both know together.
  ///
  /// @throws IllegalArgumentException
  ///           if they are not of one Rollout: different keys, or one owner's stream counted in two ways
  public SignatureState merge(SignatureState other) {
    if (!keyId.equals(other.keyId)) {
      throw new IllegalArgumentException("states of keys " + keyId + " and " + other.keyId + " do not merge");
    }
    // Folded first with the folding of the union: a prefix that is longer may carry names that the other has folded.
    var folding = folding(List.of(this, other));
    var one = folded(folding);
    var two = other.folded(folding);
    SortedMap<Owner, OwnerCounts> allOwners = new TreeMap<>(one.owners);
    two.owners.forEach((owner, counts) -> allOwners.merge(owner, counts, OwnerCounts::merge));
    SortedMap<SignatureId, Atom> allAtoms = new TreeMap<>(one.atoms);
    two.atoms.forEach((id, atom) -> allAtoms.merge(id, atom, Atom::merge));
    return new SignatureState(keyId, Math.max(windowSeq, other.windowSeq), allOwners, allAtoms);
  }

  /// The same with every signature under the name that the bounds leave it.
  public SignatureState fold() {
    return folded(folding(List.of(this)));
  }

  /// Records by signature, of one arm.
  public SortedMap<SignatureId, Long> totals(String arm) {
    SortedMap<SignatureId, Long> totals = new TreeMap<>();
    owners.forEach((owner, counts) -> {
      if (owner.arm().equals(arm)) {
        counts.counts().forEach((id, count) -> totals.merge(id, count, Long::sum));
      }
    });
    return totals;
  }

  /// For each atom that others differ from in names only: the smallest ID of its group.
  public SortedMap<SignatureId, SignatureId> aliases() {
    SortedMap<SignatureId, SignatureId> aliases = new TreeMap<>();
    SignatureGroup.of(atoms.values().stream().map(Atom::signature).toList()).forEach((id, group) -> {
      if (!group.id().equals(id)) {
        aliases.put(id, group.id());
      }
    });
    return aliases;
  }

  /// Canonical JSON: sorted keys, integers only, no spaces. Equal states have equal bytes.
  public String json() {
    return StateJson.write(this);
  }

  /// The state that [#json] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           if it is none of this version
  public static SignatureState parse(String json) {
    try {
      return StateReader.read(json);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("a stored state is incomplete: " + e.getMessage(), e);
    }
  }

  static SignatureFolding folding(List<SignatureState> states) {
    var folding = new SignatureFolding();
    states.forEach(state -> state.atoms.values().forEach(atom -> folding.fold(atom.signature())));
    return folding;
  }

  private SignatureState folded(SignatureFolding folding) {
    Map<SignatureId, SignatureId> names = new HashMap<>();
    SortedMap<SignatureId, Atom> placed = new TreeMap<>();
    atoms.forEach((id, atom) -> {
      var place = folding.fold(atom.signature());
      names.put(id, place.id());
      placed.merge(place.id(), atom.named(place), Atom::merge);
    });
    SortedMap<Owner, OwnerCounts> counted = new TreeMap<>();
    owners.forEach((owner, counts) -> {
      SortedMap<SignatureId, Long> renamed = new TreeMap<>();
      counts.counts().forEach((id, count) -> renamed.merge(names.getOrDefault(id, id), count, Long::sum));
      counted.put(owner, counts.withCounts(renamed));
    });
    return new SignatureState(keyId, windowSeq, counted, placed);
  }
}
