package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

  @ParameterizedTest
  @DisplayName("A word is no variable and no punctuation; a name has two letters at least, and English ones are in the dictionary")
  @CsvSource({"<*>, false, false, false", "., false, false, false", ":, false, false, false", "x, true, false, false",
      "x+, true, false, false",
      "xy, true, true, false", "a, true, false, true", "/, true, false, false", "login, true, true, true",
      "qwxz, true, true, false",
      "ée, true, true, false", "..., true, false, false"})
  void tellsWords(String token, boolean word, boolean name, boolean english) {
    var pattern = Pattern.of("the " + token);

    assertThat(pattern.isWord(1)).isEqualTo(word);
    assertThat(pattern.isName(1)).isEqualTo(name);
    assertThat(pattern.isEnglish(1)).isEqualTo(english);
    assertThat(pattern.isVariable(1)).isEqualTo(token.equals("<*>"));
  }

  @Test
  @DisplayName("The first word is the head, and so is all punctuation and every variable before it")
  void tellsHeads() {
    var pattern = Pattern.of("<*> : login of kim");

    assertThat(List.of(pattern.isHead(0), pattern.isHead(1), pattern.isHead(2), pattern.isHead(3)))
        .containsExactly(true, true, true, false);
  }

  @ParameterizedTest
  @DisplayName("A place may vary if it has a name or variable, with two words of the dictionary elsewhere, and none that tells an outcome")
  @CsvSource({"login of qwxz, 2, true", "login qwxz, 1, false", "login of <*>, 2, true", "login of x, 2, false",
      "login of failed, 2, false",
      "login of 404, 2, false", "login of door, 2, true", "login door qwxz, 1, false", "login of :, 2, false"})
  void tellsWhatMayVary(String template, int position, boolean varies) {
    assertThat(Pattern.of(template).mayVary(position)).isEqualTo(varies);
  }

  @ParameterizedTest
  @DisplayName("Two texts have in common what differs in names that vary already and in one more, but not in the first word")
  @CsvSource(delimiter = '|', value = {"login of qwxz denied | login of zzyx denied | login of <*> denied",
      "login of <*> denied | login of zzyx denied | login of <*> denied",
      "login of qwxz denied | login of qwxz denied | login of qwxz denied",
      "login of qwxz denied | login of door denied |", "login of qwxz denied | login of zzyx denied today |",
      "login of qwxz at zzyx | login of zzyx at qwxz |",
      "login of <*> at zzyx | login of zzyx at qwxz | login of <*> at <*>",
      "qwxz has a door | zzyx has a door |", "qwxz has a door | <*> has a door | <*> has a door",
      "<*> has a door | qwxz has a door | <*> has a door",
      "login of door denied | login of qwxz denied |"})
  void tellsWhatIsCommon(String one, String other, @Nullable String common) {
    assertThat(Pattern.of(one).withNames(Pattern.of(other)).map(Pattern::toString))
        .isEqualTo(Optional.ofNullable(common));
  }

  @ParameterizedTest
  @DisplayName("A place that varies joins the variables beside it, also over punctuation of one character")
  @CsvSource(delimiter = '|', value = {"login of kim | 2 | login of <*>", "login <*> kim denied | 2 | login <*> denied",
      "login kim <*> denied | 1 | login <*> denied", "login <*> , / kim denied | 4 | login <*> denied",
      "login kim : <*> denied | 1 | login <*> denied",
      "login <*> ( kim denied | 3 | login <*> ( <*> denied", "login <*> , a kim | 4 | login <*> , a <*>",
      ", kim | 1 | , <*>",
      "<*> kim | 1 | <*>", "kim <*> | 0 | <*>"})
  void varies(String template, int position, String varied) {
    assertThat(Pattern.of(template).varied(position)).isEqualTo(Pattern.of(varied)).hasToString(varied);
  }

  @Test
  @DisplayName("More general is the pattern with more variables, then the shorter one, then the smaller text, in either order")
  void prefersGeneral() {
    var ordered = List.of("<*> <*> c", "<*> b", "<*> b c", "<*> b d", "a b").stream().map(Pattern::of).toList();

    for (int i = 0; i < ordered.size(); i++) {
      for (int k = i; k < ordered.size(); k++) {
        assertThat(Pattern.moreGeneral(ordered.get(i), ordered.get(k))).isSameAs(ordered.get(i));
        assertThat(Pattern.moreGeneral(ordered.get(k), ordered.get(i))).isSameAs(ordered.get(i));
      }
    }
  }

  @Test
  @DisplayName("Contexts are equal where all but one place is, whatever stands in that")
  void comparesContexts() {
    var one = new Context(Pattern.of("login of kim denied"), 2);

    assertThat(one).isEqualTo(new Context(Pattern.of("login of tom denied"), 2))
        .hasSameHashCodeAs(new Context(Pattern.of("login of tom denied"), 2))
        .isNotEqualTo(new Context(Pattern.of("login of kim denied"), 1))
        .isNotEqualTo(new Context(Pattern.of("login of kim refused"), 2))
        .isNotEqualTo(new Context(Pattern.of("logout of kim denied"), 2))
        .isNotEqualTo(new Context(Pattern.of("login of kim denied x"), 2))
        .isNotEqualTo("login of kim denied");
    assertThat(one.isHead()).isFalse();
    assertThat(new Context(Pattern.of("login of kim"), 0).isHead()).isTrue();
    assertThat(Pattern.of("a b")).isNotEqualTo(Pattern.of("b a")).isNotEqualTo("a b")
        .hasSameHashCodeAs(Pattern.of("a b"));
    assertThat(Pattern.of("a b").hashCode()).isNotEqualTo(Pattern.of("b a").hashCode());
  }

  @ParameterizedTest
  @DisplayName("Outcomes, their opposites and statuses never merge, in any case")
  @CsvSource({"failed, true", "FAILED, true", "unsuccessfully, true", "404, true", "099, true", "40, false",
      "4040, false", "40x, false",
      "/00, false", "4:4, false", "unsuccessfully1, false", "fail2, false", "door, false"})
  void neverMerges(String token, boolean never) {
    assertThat(NeverMerged.contains(token)).isEqualTo(never);
  }
}
