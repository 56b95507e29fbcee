package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Keeps `managedFields` true after a write that is not an apply: who changes a field owns it alone.
public final class FieldOwners {

  private FieldOwners() {}

  /// @param live
  ///          the object before the write, empty when it is created
  /// @param next
  ///          the object after it; its `managedFields` are replaced
  public static void update(ObjectNode live, ObjectNode next, Author author, ListShapes shapes) {
    var before = FieldPath.leaves(live, shapes);
    var after = FieldPath.leaves(next, shapes);
    var changed = new LinkedHashSet<FieldPath>();
    for (var leaf : after.entrySet()) {
      if (!leaf.getValue().equals(before.get(leaf.getKey())) && FieldOwner.ownable(leaf.getKey())) {
        changed.add(leaf.getKey());
      }
    }
    var gone = new LinkedHashSet<>(before.keySet());
    gone.removeAll(after.keySet());
    gone.removeIf(path -> !FieldOwner.ownable(path));
    if (changed.isEmpty() && gone.isEmpty()) {
      FieldOwner.set(next, live.path("metadata").path("managedFields"));
    } else {
      FieldOwner.write(next, owners(live, changed, gone, author));
    }
  }

  private static List<FieldOwner> owners(ObjectNode live, Set<FieldPath> changed, Set<FieldPath> gone,
      Author author) {
    var owners = new ArrayList<FieldOwner>();
    var mine = FieldOwner.of(author, FieldOwner.UPDATE, changed);
    for (var owner : FieldOwner.read(live)) {
      if (owner.is(author, FieldOwner.UPDATE)) {
        mine = FieldOwner.of(author, FieldOwner.UPDATE, owner.less(gone).and(changed));
      } else {
        owners.add(owner.less(changed).less(gone));
      }
    }
    owners.add(mine);
    return owners;
  }
}
