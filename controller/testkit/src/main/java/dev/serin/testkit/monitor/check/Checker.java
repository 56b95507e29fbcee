package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks every write against every invariant. It knows what is stored from what it was told: all writes must be told,
/// in order. Equal histories give equal answers.
public final class Checker {

  private final World world = new World();
  private final List<Invariant> invariants;

  /// @param planted
  ///          texts that must not appear
  public Checker(List<String> planted) {
    this.invariants = List.of(new ApprovedExposure(), new HeldVetoes(), new SingleCanary(), new CanaryRevision(),
        new ReadyCanary(), new StableMinimum(), new CanaryRemoval(), new CanaryNeed(), new StablePointer(),
        new OwnObjects(), new ForeignFields(), new NoSecrets(planted));
  }

  /// What is there when checking begins; it is not judged.
  public void learn(String key, JsonNode object) {
    List<Violation> _ = write(0, key, new StoredObject(object));
  }

  /// @param revision
  ///          of the write
  /// @param now
  ///          what the key holds after it, null if it is deleted
  /// @return what the write breaks
  public List<Violation> check(long revision, String key, @Nullable JsonNode now) {
    return write(revision, key, now == null ? null : new StoredObject(now));
  }

  /// Number of objects by type.
  public Map<String, Integer> count() {
    return world.count();
  }

  private List<Violation> write(long revision, String key, @Nullable StoredObject now) {
    StoredObject old = world.replace(key, now);
    if (old == null && now == null) {
      return List.of();
    }
    Change change = new Change(old, now);
    String namespace = change.former().namespace();
    return invariants.stream().flatMap(invariant -> invariant.broken(change, world).stream()
        .map(message -> new Violation(invariant.id(), revision, key, namespace, message))).toList();
  }
}
