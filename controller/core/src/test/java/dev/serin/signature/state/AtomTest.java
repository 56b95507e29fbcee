package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.NamedTemplate;
import dev.serin.signature.Signature;
import dev.serin.signature.sketch.HyperLogLog;
import dev.serin.signature.text.WildcardTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AtomTest {

  private static final Signature LOST = Signature.named(new NamedTemplate("lost", WildcardTemplate.parse("lost *")));
  private static final Signature GONE = Signature.named(new NamedTemplate("gone", WildcardTemplate.parse("gone *")));

  @Test
  @DisplayName("Two atoms know together the whole time, all tenants, pods and samples of both, under the first one's name")
  void merges() {
    var one = atom(LOST, 10, 30, 7, 0b01, Map.of("canary", List.of(new Sample(2, "b"))));
    var other = atom(GONE, 5, 20, 8, 0b10,
        Map.of("canary", List.of(new Sample(1, "a")), "baseline", List.of(new Sample(3, "c"))));

    assertThat(one.merge(other)).isEqualTo(new Atom(LOST, 5, 30, HyperLogLog.EMPTY.with(7L << 56).with(8L << 56), 0b11,
        new TreeMap<>(Map.of("canary", List.of(new Sample(1, "a"), new Sample(2, "b")), "baseline",
            List.of(new Sample(3, "c"))))));
  }

  @Test
  @DisplayName("An atom under another name keeps all that is known of it")
  void takesNames() {
    var atom = atom(LOST, 10, 30, 7, 0b01, Map.of("canary", List.of(new Sample(2, "b"))));

    assertThat(atom.named(GONE)).isEqualTo(atom(GONE, 10, 30, 7, 0b01, atom.samples()));
  }

  private static Atom atom(Signature signature, long first, long last, long tenant, long pods,
      Map<String, List<Sample>> samples) {
    return new Atom(signature, first, last, HyperLogLog.EMPTY.with(tenant << 56), pods, new TreeMap<>(samples));
  }
}
