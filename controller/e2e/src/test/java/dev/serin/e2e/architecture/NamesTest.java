package dev.serin.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Names say what a thing is.
class NamesTest {

  private static final Set<String> BANNED = Set.of("util", "utils", "utility", "helper", "helpers", "manager",
      "managers",
      "common", "commons", "impl", "soak", "fingerprint");

  @Test
  @DisplayName("No class and no package has a name that says nothing")
  void namesSaySomething() {
    List<String> wrong = Code.CLASSES.stream().map(type -> type.getName().replaceFirst("\\$\\$.*", ""))
        .filter(name -> words(name).anyMatch(BANNED::contains)).toList();

    assertThat(Code.CLASSES).isNotEmpty();
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("A name is read word by word: Implicit is not Impl")
  void readsWords() {
    assertThat(words("dev.serin.operator.HTTPUtil")).containsExactly("dev", "serin", "operator", "http", "util");
    assertThat(words("dev.serin.ImplicitManager")).containsExactly("dev", "serin", "implicit", "manager");
  }

  private static Stream<String> words(String name) {
    return Stream.of(name.split("[.$_]|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT));
  }
}
