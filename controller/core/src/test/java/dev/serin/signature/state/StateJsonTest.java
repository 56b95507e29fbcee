package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.Family;
import dev.serin.signature.NamedTemplate;
import dev.serin.signature.Signature;
import dev.serin.signature.sketch.HyperLogLog;
import dev.serin.signature.sketch.SpaceSaving;
import dev.serin.signature.text.WildcardTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {

  @Test
  @DisplayName("What is written can be read again, with every kind of text and number in it")
  void roundTrip() {
    var named = Signature.named(new NamedTemplate("lost \"é\\\u0001\u007f日", WildcardTemplate.parse("x * y")));
    var samples = new TreeMap<String, List<Sample>>();
    samples.put("canary",
        List.of(new Sample(Long.MIN_VALUE, "a \"b\" \\u0041"), new Sample(-1, ""), new Sample(5, "z")));
    var atoms = new TreeMap<>(Map.of(named.id(),
        new Atom(named, -5, Long.MAX_VALUE, HyperLogLog.EMPTY.with(77).with(Long.MIN_VALUE), -1, samples)));
    var counts = new TreeMap<>(Map.of(named.id(), 9L));
    var owners = new TreeMap<>(Map.of(new Owner("canary", "uid", "app", 3),
        new OwnerCounts(12, new OwnerCounts.Cursor(1_700_000_000_000_000_001L, 4, -2),
            List.of(new OwnerCounts.Gap(1, 2)), counts, List.of(new SpaceSaving.Entry(-9, 8, 7)))));
    var state = new SignatureState("key-1", 42, owners, atoms);

    assertThat(SignatureState.parse(state.json())).isEqualTo(state);
    assertThat(SignatureState.parse(state.json()).json()).isEqualTo(state.json());
    assertThat(state.atoms().get(named.id())).extracting(atom -> atom.signature().family()).isEqualTo(Family.NAMED);
    assertThat(SignatureState.parse(SignatureState.empty("k").json())).isEqualTo(SignatureState.empty("k"));
  }

  @ParameterizedTest
  @DisplayName("Anything else is refused with a message, never with another exception")
  @ValueSource(strings = {"", "{", "{}", "[]", "null", "{\"version\":\"s0\"}", "{\"version\":\"s1\"}",
      "{\"version\":1}",
      "{\"version\":\"s1\",\"version\":\"s1\"}", "{\"version\":\"s1\\u00", "{\"version\":\"s1\"} ",
      "{\"a\":\"\\uzzzz\"}",
      "{\"atoms\":[{}],\"keyId\":\"k\",\"owners\":[],\"version\":\"s1\",\"windowSeq\":0}",
      "{\"atoms\":[],\"keyId\":\"k\",\"owners\":[{\"owner\":[]}],\"version\":\"s1\",\"windowSeq\":0}",
      "{\"atoms\":[],\"keyId\":\"k\",\"owners\":[],\"version\":\"s1\",\"windowSeq\":99999999999999999999}"})
  void refuses(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> SignatureState.parse(json)).withMessageMatching(".+");
    assertThatIllegalArgumentException().isThrownBy(() -> SignatureState.parse("[".repeat(100_000)));
  }

  @Test
  @DisplayName("A state of another version says which")
  void namesTheVersion() {
    assertThatIllegalArgumentException().isThrownBy(() -> SignatureState.parse("{\"version\":\"s0\"}"))
        .withMessage("a stored state has version 's0', but this is s1");
  }
}
