package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.WildcardTemplate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

  @Test
  @DisplayName("A template of 512 bytes stays whole; of a longer one 512 bytes stay, and four bytes of the hash of all")
  void capsTemplates() {
    assertThat(template("x".repeat(512))).isEqualTo("x".repeat(512));
    // Python 3: hashlib.sha256(b"x" * 513).hexdigest()[:8]
    assertThat(template("x".repeat(513))).isEqualTo("x".repeat(512) + "…35ade009");
  }

  @ParameterizedTest
  @DisplayName("No character is cut in two, however many bytes it has")
  @CsvSource({"é, 2", "日, 3", "🐤, 4"})
  void cutsBetweenCharacters(String character, int bytes) {
    for (int before = 0; before < bytes; before++) {
      var kept = "x".repeat(before) + character.repeat((512 - before) / bytes);

      assertThat(template("x".repeat(before) + character.repeat(600))).as("%d bytes before", before)
          .startsWith(kept + "…").hasSize(kept.length() + 1 + 8);
    }
  }

  @Test
  @DisplayName("Only the signature that stands for many is folded, and it has the levels that it stands for")
  void folds() {
    var folded = Signature.folded(Family.LOG, List.of("ERROR", "shop"));

    assertThat(folded.folded()).isTrue();
    assertThat(folded.levels()).containsExactly("ERROR", "shop");
    assertThat(folded.template()).isEqualTo(Signature.FOLDED);
    assertThat(signature("( many )").folded()).isFalse();
    // Python 3: "s1-" + base64.b32encode(hashlib.sha256("\0".join(parts).encode()).digest()[:10]).decode().lower()
    assertThat(folded.id()).hasToString("s1-hpcx6wlmt6vofviz");
  }

  @Test
  @DisplayName("A named signature has the user's name and template, both in its ID, and no levels")
  void names() {
    var named = Signature.named(new NamedTemplate("lost", WildcardTemplate.parse("lost <*>")));

    assertThat(named.family()).isEqualTo(Family.NAMED);
    assertThat(named.levels()).isEmpty();
    assertThat(named.template()).isEqualTo("lost *");
    assertThat(named.name()).hasValue("lost");
    assertThat(named.folded()).isFalse();
    // Python 3, as above
    assertThat(named.id()).hasToString("s1-t6oqpwqqj3lvc2gb");
  }

  private static String template(String text) {
    return signature(text).template();
  }

  private static Signature signature(String template) {
    return Signature.of(Family.LOG, List.of("ERROR", ""), template, List.of("ERROR", "", template));
  }
}
