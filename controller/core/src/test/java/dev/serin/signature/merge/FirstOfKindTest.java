package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.record.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstOfKindTest {

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());
  private static final List<String> NAMES = List.of("kschmidt", "alimov", "qwxz", "zzyx", "bxrt", "lvnk");

  private static final List<String> WORDS = List.of("garden", "window", "letter", "printer", "server", "door", "house",
      "river", "table", "paper", "bottle", "street", "winter", "summer", "coffee", "kitchen", "bridge");

  private final FirstOfKind firsts = new FirstOfKind(List.of());

  @Test
  @DisplayName("A text that differs in a name counts as the first of its kind, whose template then shows that the name varies")
  void countsAsTheFirst() {
    var first = firsts.of(signature("login of kschmidt was denied"));
    var second = firsts.of(signature("login of alimov was denied"));
    var other = firsts.of(signature("logout of alimov was denied"));

    assertThat(first.template()).isEqualTo("login of kschmidt was denied");
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.template()).isEqualTo("login of <*> was denied");
    assertThat(firsts.of(first)).isEqualTo(second);
    assertThat(firsts.of(second)).isEqualTo(second);
    assertThat(other.id()).isNotEqualTo(first.id());
  }

  @Test
  @DisplayName("What was named once keeps its name, whatever comes later: two dictionary words stay apart when a list unites the rest")
  void keepsNames() {
    var garden = firsts.of(signature("no mail for garden today"));
    var window = firsts.of(signature("no mail for window today"));
    var named = Stream.of("kschmidt", "alimov", "qwxz", "zzyx")
        .map(name -> firsts.of(signature("no mail for " + name + " today"))).toList();

    assertThat(firsts.of(signature("no mail for garden today")).id()).isEqualTo(garden.id());
    assertThat(firsts.of(signature("no mail for window today")).id()).isEqualTo(window.id());
    assertThat(garden.id()).isNotEqualTo(window.id());
    assertThat(named.stream().skip(1).map(Signature::id).distinct()).hasSize(1);
  }

  @Test
  @DisplayName("A group from before takes its relatives in under its own name, at the same place only")
  void goesOn() {
    var denied = signature("login of kschmidt was denied");
    var node = FirstOfKind.node(denied).orElseThrow();
    var later = new FirstOfKind(List.of(new FirstOfKind.Known(denied.id(), node, "login of <*> was denied")));

    assertThat(later.of(signature("login of alimov was denied")).id()).isEqualTo(denied.id());
    assertThat(later.of(record("WARN shop.Other : login of alimov was denied")).id()).isNotEqualTo(denied.id());
  }

  @Test
  @DisplayName("A word that tells an event from its opposite is no name, and neither is one of the dictionary")
  void unitesNoOpposites() {
    var known = new FirstOfKind(List.of(new FirstOfKind.Known(signature("x").id(),
        FirstOfKind.node(signature("x")).orElseThrow(), "login of <*> was denied")));

    for (var word : List.of("printer", "failed", "true")) {
      assertThat(known.of(signature("login of " + word + " was denied")).template()).as(word)
          .isEqualTo("login of " + word + " was denied");
    }
  }

  @Test
  @DisplayName("Exceptions, and folded or named signatures, are groups by themselves")
  void leavesOthers() {
    var one = thrown("login of kschmidt was denied");
    var other = thrown("login of alimov was denied");

    assertThat(firsts.of(one)).isEqualTo(one);
    assertThat(firsts.of(other)).isEqualTo(other);
    assertThat(FirstOfKind.node(one)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Texts that the firsts of the whole set unites are one group in any order, but for the first ones before it was known")
  void agreesWithTheWholeSet(long seed) {
    var texts = new ArrayList<Signature>();
    for (var place : List.of("login of %s was denied", "no mail for %s today", "cannot open the door of %s")) {
      NAMES.forEach(name -> texts.add(signature(place.formatted(name))));
    }
    Collections.shuffle(texts, new Random(seed));
    texts.forEach(firsts::of);
    Map<Object, Object> ids = new HashMap<>();
    var whole = SignatureGroup.of(texts);

    for (var text : texts) {
      var before = ids.putIfAbsent(whole.get(text.id()), firsts.of(text).id());
      assertThat(before == null || before.equals(firsts.of(text).id())).as("%s, seed %d", text, seed).isTrue();
    }
    assertThat(ids).hasSize(3);
  }

  @Test
  @DisplayName("A place has 256 groups at most: further texts are groups by themselves, and known groups still take their names in")
  void isBounded() {
    var known = firsts.of(signature("login of kschmidt was denied"));
    firsts.of(signature("login of alimov was denied"));
    // No two of them differ in one word only.
    IntStream.range(0, WORDS.size() * WORDS.size())
        .mapToObj(i -> "the %s of %s and %s".formatted(WORDS.get(i % WORDS.size()), WORDS.get(i / WORDS.size()),
            WORDS.get((i + i / WORDS.size()) % WORDS.size())))
        .forEach(text -> assertThat(firsts.of(signature(text)).template()).isEqualTo(text));

    assertThat(WORDS.size() * WORDS.size()).isGreaterThan(FirstOfKind.MOST_OF_A_NODE);
    assertThat(NAMES.stream().map(name -> firsts.of(signature("no mail for " + name + " today")).id()))
        .doesNotHaveDuplicates();
    assertThat(firsts.of(signature("login of zzyx was denied")).id()).isEqualTo(known.id());
  }

  private static Signature signature(String message) {
    return record("WARN shop.Api : " + message);
  }

  private static Signature thrown(String message) {
    return record("ERROR boom", "java.lang.IllegalStateException: " + message, "\tat a.B.c(B.java:1)");
  }

  private static Signature record(String... lines) {
    return RULES.signatureOf(Records.record(lines)).orElseThrow();
  }
}
