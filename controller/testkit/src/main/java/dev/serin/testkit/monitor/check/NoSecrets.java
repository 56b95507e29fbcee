package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// I16: no planted text appears in a Rollout, an Analysis, an event, or Serin's labels and annotations on anything else.
///
/// The rest is left out, templates of canaries and kept ones above all: they are the user's, with all that is in them.
final class NoSecrets implements Invariant {

  private static final Set<String> WHOLE = Set.of(RolloutView.TYPE, StoredObject.ANALYSIS, StoredObject.EVENT,
      StoredObject.NEW_EVENT);

  private final List<String> planted;

  NoSecrets(List<String> planted) {
    this.planted = List.copyOf(planted);
  }

  @Override
  public String id() {
    return "I16";
  }

  @Override
  public List<String> broken(Change change, World world) {
    return planted.stream().filter(secret -> contains(change.now(), secret) && !contains(change.old(), secret))
        .map(secret -> "The planted text '" + secret + "' is stored.").toList();
  }

  private static boolean contains(@Nullable StoredObject object, String secret) {
    return object != null && appears(secret, readable(object));
  }

  private static JsonNode readable(StoredObject object) {
    if (WHOLE.contains(object.type())) {
      return object.json();
    }
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    for (String marks : List.of("/metadata/annotations", "/metadata/labels")) {
      object.json().at(marks).properties().stream().filter(mark -> mark.getKey().startsWith("serin.dev/"))
          .forEach(mark -> own.set(marks + mark.getKey(), mark.getValue()));
    }
    return own;
  }

  private static boolean appears(String secret, JsonNode node) {
    if (node.isValueNode()) {
      return node.asText().contains(secret);
    }
    return node.properties().stream().anyMatch(member -> member.getKey().contains(secret))
        || node.valueStream().anyMatch(element -> appears(secret, element));
  }
}
