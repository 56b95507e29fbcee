package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serin.signature.text.Canonicaliser;
import dev.serin.testkit.data.LogHub;
import dev.serin.testkit.data.LogHub.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonotoneMergeTest {

  private static final List<String> HEADS = List.of("login of", "session for", "cannot open", "no route from",
      "<*> left");
  private static final List<String> PLACES = List.of("kschmidt", "alimov", "qwxz", "zzyx", "<*>", "printer", "server",
      "window", "letter", "garden", "success", "failed", "404", "x");
  private static final List<String> TAILS = List.of("at the door", "failed again", "", ", giving up",
      "( <*> ) was closed",
      ": <*>");

  @Test
  @DisplayName("Names in the same place are one event; words of the language tell events apart")
  void unitesNames() {
    assertThat(groups("login of kschmidt was denied", "login of alimov was denied")).hasSize(1);
    assertThat(groups("login of kschmidt was denied", "login of <*> was denied")).hasSize(1);
    assertThat(groups("login of printer was denied", "login of server was denied")).hasSize(2);
    assertThat(groups("login of kschmidt was denied", "login of server was denied")).hasSize(2);
  }

  @Test
  @DisplayName("A group is known by its smallest template, in whatever order they come")
  void namesGroups() {
    var small = "login of alimov was denied";
    var large = "login of kschmidt was denied";

    assertThat(MonotoneMerge.groups(List.of(large, small))).isEqualTo(Map.of(large, small, small, small));
    assertThat(MonotoneMerge.groups(List.of(small, large))).isEqualTo(Map.of(large, small, small, small));
  }

  @Test
  @DisplayName("Where five things or four names stand, a word of the language is a name too")
  void unitesLists() {
    assertThat(groups("no mail for kschmidt today", "no mail for alimov today", "no mail for qwxz today",
        "no mail for zzyx today", "no mail for garden today")).hasSize(1);
    assertThat(groups("no mail for garden today", "no mail for window today", "no mail for letter today",
        "no mail for printer today", "no mail for <*> today")).hasSize(1);
    assertThat(groups("no mail for garden today", "no mail for window today", "no mail for letter today",
        "no mail for printer today")).hasSize(4);
  }

  @Test
  @DisplayName("The first word names the event, and so does a label of one letter, unless a variable stands there too")
  void keepsHeads() {
    assertThat(groups("cupsd startup has failed", "klogd startup has failed")).hasSize(2);
    assertThat(groups("cupsd startup has failed", "<*> startup has failed")).hasSize(1);
    assertThat(groups("error on axis x+ of torus", "error on axis z- of torus")).hasSize(2);
  }

  @Test
  @DisplayName("The form of a group has a variable where its templates differ, and is equal for equal groups only")
  void showsWhatIsCommon() {
    var templates = List.of("login of kschmidt was denied", "login of alimov was denied", "login of printer was denied",
        "no route from qwxz to zzyx for <*>", "no route from alimov to zzyx for <*>", "alone");
    var forms = MonotoneMerge.forms(templates);
    var groups = MonotoneMerge.groups(templates);

    assertThat(forms).containsEntry("login of alimov was denied", "login of <*> was denied")
        .containsEntry("login of printer was denied", "login of printer was denied")
        .containsEntry("no route from qwxz to zzyx for <*>", "no route from <*> to zzyx for <*>")
        .containsEntry("alone", "alone");
    templates.forEach(one -> templates.forEach(other -> assertThat(Objects.equals(forms.get(one), forms.get(other)))
        .as("%s, %s", one, other).isEqualTo(Objects.equals(groups.get(one), groups.get(other)))));
  }

  @Test
  @DisplayName("An outcome and its opposite never become one, nor do two HTTP statuses")
  void neverMerges() {
    assertThat(groups("login of kschmidt failed", "login of kschmidt succeeded", "login of kschmidt <*>",
        "login of kschmidt qwxz", "login of kschmidt zzyx").values()).contains("login of kschmidt failed",
            "login of kschmidt succeeded");
    assertThat(groups("call to server returned 404", "call to server returned <*>", "call to server returned 503"))
        .hasSize(3);
  }

  @ParameterizedTest
  @DisplayName("More templates never split a group, and their order does not matter")
  @MethodSource("seeds")
  void isMonotone(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      List<String> all = new ArrayList<>(new HashSet<>(Stream.generate(() -> template(random)).limit(60).toList()));
      var few = MonotoneMerge.groups(all.subList(0, all.size() / 2));
      var many = MonotoneMerge.groups(all);

      assertThat(splits(few, many)).as("groups that grew apart, seed %d, round %d", seed, i).isEmpty();
      Collections.shuffle(all, random);
      assertThat(MonotoneMerge.groups(all)).as("seed %d, round %d", seed, i).isEqualTo(many);
    }
  }

  @ParameterizedTest
  @DisplayName("All templates of a group carry the same sequence of words that never merge")
  @MethodSource("seeds")
  void keepsPolarity(long seed) {
    var random = new Random(seed);
    int united = 0;
    for (int i = 0; i < 100; i++) {
      var templates = new HashSet<>(Stream.generate(() -> template(random)).limit(60).toList());
      var groups = MonotoneMerge.groups(templates);
      united += templates.size() - new HashSet<>(groups.values()).size();

      groups.forEach((template, group) -> assertThat(polarity(template)).as("seed %d: %s and %s", seed, template, group)
          .isEqualTo(polarity(group)));
    }
    assertThat(united).as("templates that were united").isGreaterThan(50);
  }

  @ParameterizedTest
  @DisplayName("On LogHub no group splits as more of its lines come")
  @ValueSource(ints = {2, 7, 40})
  void neverSplitsOnLogHub(int parts) {
    var sets = LogHub.sets(Truth.ORIGINAL);
    assumeThat(sets).as("LogHub in the folder that SERIN_DATA names").isNotEmpty();
    int groups = 0;
    for (var set : sets) {
      var templates = set.lines().stream().map(Canonicaliser::canonicalise).toList();
      Map<String, String> before = Map.of();
      for (int part = 1; part <= parts; part++) {
        var now = MonotoneMerge.groups(templates.subList(0, part * templates.size() / parts));

        assertThat(splits(before, now)).as("%s, part %d of %d", set.name(), part, parts).isEmpty();
        before = now;
      }
      groups += Set.copyOf(before.values()).size();
    }
    assertThat(groups).isGreaterThan(400);
  }

  static Stream<Long> seeds() {
    return Stream.of(3L, 8_842L, 20_261_124L);
  }

  /// The distinct groups, by their smallest template.
  private static Map<String, String> groups(String... templates) {
    Map<String, String> groups = new HashMap<>();
    MonotoneMerge.groups(List.of(templates)).forEach((_, group) -> groups.put(group, group));
    return groups;
  }

  /// Pairs of templates that were together before and are apart now.
  private static Collection<String> splits(Map<String, String> before, Map<String, String> now) {
    return before.entrySet().stream()
        .filter(entry -> !Objects.equals(now.get(entry.getKey()), now.get(entry.getValue()))).map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> polarity(String template) {
    return Stream.of(template.split(" ")).filter(NeverMerged::contains).toList();
  }

  private static String template(Random random) {
    var place = PLACES.get(random.nextInt(PLACES.size())) + " " + PLACES.get(random.nextInt(PLACES.size()));
    return (HEADS.get(random.nextInt(HEADS.size())) + " " + place + " " + TAILS.get(random.nextInt(TAILS.size())))
        .strip()
        .replace("<*> <*>", "<*>");
  }
}
