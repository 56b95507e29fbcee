package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.WildcardTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureFoldingTest {
  @Test
  @DisplayName("A logger keeps 64 signatures; one more folds them all into the logger's own, and no other logger's")
  void foldsOneNode() {
    var folding = new SignatureFolding();
    var atoms = atoms("shop", 65);
    var other = log("other", "t");

    assertThat(fold(folding, atoms.subList(0, 64))).containsExactlyElementsOf(atoms.subList(0, 64));
    assertThat(fold(folding, atoms)).last().satisfies(node -> {
      assertThat(node.folded()).isTrue();
      assertThat(node.levels()).containsExactly("ERROR", "shop");
    });
    assertThat(Set.copyOf(fold(folding, atoms))).hasSize(1);
    assertThat(folding.fold(other)).isEqualTo(other);
  }

  @Test
  @DisplayName("Records without a logger keep 1,024 signatures")
  void keepsMoreWithoutLogger() {
    var folding = new SignatureFolding();
    fold(folding, atoms("", 1_024));

    assertThat(fold(folding, atoms("", 1_024))).noneMatch(Signature::folded);
    assertThat(fold(folding, atoms("", 1_025))).last().matches(Signature::folded);
  }

  @Test
  @DisplayName("More than 256 loggers fold into their levels, more than 256 root causes into the family")
  void foldsUpwards() {
    var folding = new SignatureFolding();
    var loggers = IntStream.rangeClosed(0, 256).mapToObj(i -> log("logger" + i, "t")).toList();
    var causes = IntStream.rangeClosed(0, 256).mapToObj(
        i -> Signature.of(Family.EXC, List.of("E" + i, "E" + i), "t", List.of("E" + i))).toList();
    fold(folding, loggers);
    fold(folding, causes);

    assertThat(fold(folding, loggers)).extracting(Signature::levels).containsOnly(List.of("ERROR"));
    assertThat(fold(folding, causes)).extracting(Signature::levels).containsOnly(List.of());
  }

  @Test
  @DisplayName("A folded signature stays folded after it was stored and read again")
  void remembersWhatWasFolded() {
    var before = new SignatureFolding();
    var node = fold(before, atoms("shop", 65)).getLast();
    var after = new SignatureFolding();

    assertThat(after.fold(node)).isEqualTo(node);
    assertThat(after.fold(log("shop", "never seen"))).isEqualTo(node);
  }

  @Test
  @DisplayName("A named signature never folds")
  void keepsNamed() {
    var folding = new SignatureFolding();
    var named = IntStream.range(0, 70)
        .mapToObj(i -> Signature.named(new NamedTemplate("n" + i, WildcardTemplate.parse("t" + i)))).toList();

    assertThat(fold(folding, named)).isEqualTo(named);
  }

  @ParameterizedTest
  @DisplayName("What is folded in the end depends on the set of signatures, not on their order, and stays within the total")
  @ValueSource(longs = {5, 8_842, 20_261_124})
  void ignoresOrder(long seed) {
    var random = new Random(seed);
    List<Signature> atoms = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      atoms.add(random.nextInt(3) == 0
          ? log(random.nextInt(4) == 0 ? "" : "l" + random.nextInt(120), "t" + i)
          : Signature.of(Family.HTTP, List.of("4xx", "404 GET /" + random.nextInt(300)), "t" + i, List.of("" + i)));
    }
    var expected = settled(atoms);
    Collections.shuffle(atoms, random);

    assertThat(settled(atoms)).as("seed %d", seed).isEqualTo(expected).hasSizeLessThanOrEqualTo(SignatureFolding.TOTAL);
  }

  @Test
  @DisplayName("A family that folds into its levels still counts in full, so early and late folding end alike")
  void chargesFoldedFamilies() {
    List<Signature> late = new ArrayList<>(atoms("shop", 10));
    for (int route = 0; route <= 256; route++) {
      for (int i = 0; i < 8; i++) {
        var text = route + "/" + i;
        late.add(Signature.of(Family.HTTP, List.of("4xx", "404 GET /" + route), text, List.of(text)));
      }
    }
    var early = late.stream()
        .sorted(Comparator.comparing(atom -> atom.template().substring(atom.template().length() - 1)))
        .toList();

    assertThat(settled(early)).isEqualTo(settled(late)).allMatch(Signature::folded);
  }

  private static Set<Signature> settled(List<Signature> atoms) {
    var folding = new SignatureFolding();
    fold(folding, atoms);
    return fold(folding, atoms).stream().collect(Collectors.toSet());
  }

  private static List<Signature> fold(SignatureFolding folding, List<Signature> atoms) {
    return atoms.stream().map(folding::fold).toList();
  }

  private static List<Signature> atoms(String logger, int count) {
    return IntStream.range(0, count).mapToObj(i -> log(logger, "t" + i)).toList();
  }

  private static Signature log(String logger, String template) {
    return Signature.of(Family.LOG, List.of("ERROR", logger), template, List.of("ERROR", logger, template));
  }
}
