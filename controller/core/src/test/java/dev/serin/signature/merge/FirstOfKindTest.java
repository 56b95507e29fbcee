package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
  @DisplayName("Several places may turn out to hold names, one after the other, and the first word never does")
  void learnsPlaceByPlace() {
    var first = firsts.of(signature("login of kschmidt from qwxz was denied"));
    firsts.of(signature("login of alimov from qwxz was denied"));
    var third = firsts.of(signature("login of bxrt from lvnk was denied"));
    var heads = Stream.of("cupsd has failed to start", "klogd has failed to start")
        .map(text -> firsts.of(signature(text)).id());

    assertThat(third.id()).isEqualTo(first.id());
    assertThat(third.template()).isEqualTo("login of <*> from <*> was denied");
    assertThat(firsts.of(signature("login of bxrt from zzyx was refused")).id()).isNotEqualTo(first.id());
    assertThat(heads).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("Where fewer than two words of the language tell what a text is about, no name is left out, nor where there are none at all")
  void needsWordsBeside() {
    var known = new FirstOfKind(
        List.of(known("error", "Error <*>"), known("any", "<*>"), known("blank", ""), known("gap", "Error  of <*>")));

    assertThat(known.of(signature("Error ECONNREFUSED")).template()).isEqualTo("Error ECONNREFUSED");
    assertThat(known.of(signature("ECONNREFUSED")).template()).isEqualTo("ECONNREFUSED");
  }

  @Test
  @DisplayName("What had a name before keeps it, also where nothing is known of its place")
  void keepsNames() {
    var kschmidt = signature("login of kschmidt was denied");
    var later = new FirstOfKind(List.of(new FirstOfKind.Known(kschmidt.id(), Optional.empty(), kschmidt.template())));

    assertThat(later.of(signature("login of alimov was denied")).id()).isNotEqualTo(kschmidt.id());
    assertThat(later.of(kschmidt)).isEqualTo(kschmidt);
  }

  @Test
  @DisplayName("A kind from before takes its relatives in under its own name, at the same place only")
  void goesOn() {
    var denied = signature("login of kschmidt was denied");
    var node = FirstOfKind.node(denied).orElseThrow();
    var later = new FirstOfKind(
        List.of(new FirstOfKind.Known(denied.id(), Optional.of(node), "login of <*> was denied")));

    assertThat(later.of(signature("login of alimov was denied")).id()).isEqualTo(denied.id());
    assertThat(later.of(record("WARN shop.Other : login of alimov was denied")).id()).isNotEqualTo(denied.id());
  }

  @Test
  @DisplayName("A word that tells an event from its opposite is no name, and neither is one of the dictionary")
  void unitesNoOpposites() {
    var known = new FirstOfKind(List.of(known("x", "login of <*> was denied")));

    for (var word : List.of("printer", "failed", "true")) {
      assertThat(known.of(signature("login of " + word + " was denied")).template()).as(word)
          .isEqualTo("login of " + word + " was denied");
    }
  }

  @Test
  @DisplayName("Exceptions, and folded or named signatures, are kinds by themselves")
  void leavesOthers() {
    var one = thrown("login of kschmidt was denied");
    var other = thrown("login of alimov was denied");

    assertThat(firsts.of(one)).isEqualTo(one);
    assertThat(firsts.of(other)).isEqualTo(other);
    assertThat(FirstOfKind.node(one)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Names that the merge of the whole set unites are one kind, in whatever order they come")
  void agreesWithTheWholeSet(long seed) {
    var texts = new ArrayList<Signature>();
    for (var place : List.of("login of %s was denied", "no mail for %s today", "cannot open the door of %s")) {
      NAMES.forEach(name -> texts.add(signature(place.formatted(name))));
    }
    Collections.shuffle(texts, new Random(seed));
    var whole = SignatureGroup.of(texts);
    Map<Object, Set<Object>> found = new HashMap<>();
    texts.forEach(text -> found.computeIfAbsent(whole.get(text.id()), _ -> new HashSet<>()).add(firsts.of(text).id()));

    assertThat(found.values()).as("seed %d", seed).hasSize(3).allMatch(ids -> ids.size() == 1);
  }

  @Test
  @DisplayName("What one route shows to be a name is one on the others too, though each route has kinds of its own")
  void routesLearnFromEachOther() {
    var once = firsts.of(answer("/users", "login of kschmidt was denied"));
    var elsewhere = firsts.of(answer("/carts", "login of alimov was denied"));
    var other = firsts.of(answer("/carts", "logout of alimov was denied"));

    assertThat(elsewhere.template()).isEqualTo("login of <*> was denied");
    assertThat(elsewhere.id()).isNotEqualTo(once.id());
    assertThat(firsts.of(once)).isEqualTo(firsts.of(answer("/users", "login of qwxz was denied")))
        .extracting(Signature::id, Signature::template).containsExactly(once.id(), "login of <*> was denied");
    assertThat(other.template()).isEqualTo("logout of alimov was denied");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("Whichever route answers first, no name is left once texts that differ in one place have shown each")
  void routesLearnInAnyOrder(long seed) {
    var answers = new ArrayList<Signature>();
    for (var place : List.of("kschmidt,qwxz", "bxrt,lvnk", "zzyx,lvnk", "alimov,lvnk", "kschmidt,alimov")) {
      var names = place.split(",");
      answers.add(
          answer("/" + "abcde".charAt(answers.size()), "login of %s from %s was denied".formatted((Object[]) names)));
    }
    Collections.shuffle(answers, new Random(seed));
    answers.forEach(firsts::of);

    assertThat(answers.stream().map(firsts::of)).as("seed %d", seed).extracting(Signature::template)
        .containsOnly("login of <*> from <*> was denied");
    assertThat(answers.stream().map(answer -> firsts.of(answer).id())).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("What is of a kind is for its own route to say: two kinds that others show to be alike take in what they did before")
  void lessonsChangeTextsOnly() {
    var one = firsts.of(answer("/users", "login of kschmidt from qwxz was denied"));
    var other = firsts.of(answer("/users", "login of bxrt from lvnk was denied"));
    firsts.of(answer("/carts", "login of kschmidt from lvnk was denied"));

    assertThat(Stream.of(one, other).map(firsts::of)).extracting(Signature::template)
        .containsOnly("login of <*> from <*> was denied");
    assertThat(firsts.of(answer("/users", "login of alimov from lvnk was denied")).id()).isEqualTo(other.id());
    assertThat(firsts.of(answer("/users", "login of alimov from zzyx was denied")).id()).isNotEqualTo(one.id());
  }

  @Test
  @DisplayName("Loggers do not learn from each other: the word in which their texts differ tells what each is about")
  void loggersDoNot() {
    firsts.of(record("WARN shop.Other : login of kschmidt was denied"));
    firsts.of(answer("/users", "login of qwxz was denied"));

    assertThat(firsts.of(signature("login of alimov was denied")).template()).isEqualTo("login of alimov was denied");
  }

  @Test
  @DisplayName("A kind of a route from before learns and teaches once it comes again, and one without a place never does")
  void knownRoutesLearn() {
    var once = answer("/users", "login of kschmidt was denied");
    var placeless = answer("/carts", "login of bxrt was denied");
    var later = new FirstOfKind(
        List.of(new FirstOfKind.Known(once.id(), FirstOfKind.node(once), once.template()),
            new FirstOfKind.Known(placeless.id(), Optional.empty(), placeless.template())));

    assertThat(later.of(placeless)).isEqualTo(placeless);
    assertThat(later.of(answer("/items", "login of alimov was denied")).template())
        .isEqualTo("login of alimov was denied");
    assertThat(later.of(once).template()).isEqualTo("login of <*> was denied");
    assertThat(later.of(answer("/items", "login of alimov was denied")).template())
        .isEqualTo("login of <*> was denied");
    assertThat(later.of(placeless)).isEqualTo(placeless);
  }

  @Test
  @DisplayName("A logger has 64 kinds at most and a place without one 256: further texts are kinds by themselves, and known ones still take names in")
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

  @Test
  @DisplayName("Of 256 kinds from before of one place the next is none, and the first that is told of a signature is its kind")
  void boundsKnown() {
    var node = FirstOfKind.node(signature("x"));
    var known = IntStream.range(0, FirstOfKind.MOST_OF_A_NODE + 1)
        .mapToObj(i -> new FirstOfKind.Known(new SignatureId("k" + i), node,
            WORDS.get(i % 17) + " of " + WORDS.get(i / 17) + " <*> lost"))
        .toList();
    var full = new FirstOfKind(known);
    var last = known.get(FirstOfKind.MOST_OF_A_NODE - 1);

    assertThat(full.of(signature(last.template().replace("<*>", "qwxz"))).id()).isEqualTo(last.id());
    assertThat(full.of(signature(known.getLast().template().replace("<*>", "qwxz"))).id())
        .isNotEqualTo(known.getLast().id());
    assertThat(new FirstOfKind(List.of(new FirstOfKind.Known(new SignatureId("a"), node, "login of <*> was denied"),
        new FirstOfKind.Known(new SignatureId("b"), node, "login of <*> was denied")))
        .of(signature("login of kim was denied")).id())
        .isEqualTo(new SignatureId("a"));
  }

  @Test
  @DisplayName("A place is named by 64 bits of the hash of family and levels")
  void namesPlaces() {
    // Python 3: hashlib.sha256(b"LOG\0WARN\0shop.Api").hexdigest()[:16]
    assertThat(FirstOfKind.node(signature("x"))).hasValue("82e5dcfc5d3e8ef9");
  }

  private static FirstOfKind.Known known(String id, String template) {
    return new FirstOfKind.Known(new SignatureId(id), FirstOfKind.node(signature("x")), template);
  }

  private static Signature signature(String message) {
    return record("WARN shop.Api : " + message);
  }

  private static Signature answer(String route, String message) {
    return record("{\"status\":404,\"method\":\"GET\",\"path\":\"%s\",\"message\":\"%s\"}".formatted(route, message));
  }

  private static Signature thrown(String message) {
    return record("ERROR boom", "java.lang.IllegalStateException: " + message, "\tat a.B.c(B.java:1)");
  }

  private static Signature record(String... lines) {
    return RULES.signatureOf(Records.record(lines)).orElseThrow();
  }
}
