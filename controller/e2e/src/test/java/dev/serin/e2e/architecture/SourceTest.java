package dev.serin.e2e.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Sizes and layout: what people fear is the one file of a thousand lines.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceTest {

  private static final Set<String> TOP_LEVEL = Set.of("pom.xml", "controller", "crds", "helm", "docs", "README.md",
      "LICENSE");

  // Put together, so that this file does not find itself.
  private static final Pattern UNFINISHED = Pattern.compile("TO" + "DO|FIX" + "ME|@Dis" + "abled");
  private static final Pattern SLEEP = Pattern.compile("Thread\\.sle" + "ep\\(");

  private List<Source> sources = List.of();

  @BeforeAll
  void readSources() {
    sources = Source.all();
  }

  @Test
  @DisplayName("The scan finds main and test files of every module")
  void findsSources() {
    Map<String, Long> perModule = sources.stream()
        .collect(groupingBy(source -> source.path().toString().replaceFirst("/src/.*", ""), counting()));

    assertThat(perModule).containsKeys("crds", "controller/core", "controller/operator", "controller/sandbox",
        "controller/cli", "controller/testkit", "controller/bench", "controller/e2e");
    assertThat(sources).anyMatch(Source::main).anyMatch(source -> !source.main());
  }

  @Test
  @DisplayName("A source file has at most 400 lines, a test file at most 600")
  void filesAreShort() {
    assertThat(sources).filteredOn(source -> source.lineCount() > (source.main() ? 400 : 600))
        .map(source -> source.path() + " has " + source.lineCount() + " lines").isEmpty();
  }

  @Test
  @DisplayName("A method has at most 60 lines and 7 parameters")
  void methodsAreShort() {
    assertThat(sources.stream().flatMap(source -> source.methods().stream()
        .filter(method -> method.lines() > 60 || method.parameters() > 7)
        .map(method -> source.path() + ": " + method))).isEmpty();
  }

  @Test
  @DisplayName("A package has at most 20 types")
  void packagesAreSmall() {
    Map<String, Integer> types = sources.stream().filter(Source::main).filter(source -> !source.packageInfo())
        .collect(groupingBy(SourceTest::packageName, TreeMap::new, summingInt(Source::types)));

    assertThat(types).hasSizeGreaterThan(20);
    assertThat(types.entrySet()).filteredOn(entry -> entry.getValue() > 20)
        .map(entry -> entry.getKey() + " has " + entry.getValue() + " types: split it").isEmpty();
  }

  @Test
  @DisplayName("Every package is described and null-marked")
  void packagesAreNullMarked() {
    Set<String> marked = sources.stream().filter(Source::packageInfo)
        .filter(source -> source.text().startsWith("///") && source.text().lines().anyMatch("@NullMarked"::equals))
        .map(SourceTest::packageName).collect(Collectors.toSet());
    Set<String> used = sources.stream().map(SourceTest::packageName).collect(Collectors.toSet());

    assertThat(used).isNotEmpty().isSubsetOf(marked);
  }

  @Test
  @DisplayName("Nothing is unfinished, switched off or silently caught, and tests await instead of sleeping")
  void nothingIsUnfinished() {
    assertThat(sources).filteredOn(source -> UNFINISHED.matcher(source.text()).find()).map(Source::path).isEmpty();
    assertThat(sources).filteredOn(source -> !source.main() && SLEEP.matcher(source.text()).find()).map(Source::path)
        .isEmpty();
    assertThat(sources).filteredOn(source -> !source.emptyCatches().isEmpty())
        .map(source -> source.path() + ":" + source.emptyCatches()).isEmpty();
  }

  @Test
  @DisplayName("The top level of the repository stays as it is")
  void topLevelStays() throws IOException {
    try (Stream<Path> entries = Files.list(Source.REPOSITORY)) {
      List<String> visible = entries.map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !name.equals("target")).toList();

      assertThat(visible).isSubsetOf(TOP_LEVEL).contains("pom.xml", "controller", "crds", "README.md", "LICENSE");
    }
  }

  @Test
  @DisplayName("Lines, parameters and empty catch blocks are counted from the syntax tree")
  void parses() throws IOException {
    Source source = Source.parse(Path.of("A.java"), """
        class A {
          @Deprecated
          void two(int a, int b) {
            try { a++; } catch (RuntimeException e) { }
          }
        }
        record B(int c) {}
        """);

    assertThat(source.types()).isEqualTo(2);
    assertThat(source.methods()).contains(new Source.Method("two", 4, 2));
    assertThat(source.emptyCatches()).containsExactly(4L);
  }

  private static String packageName(Source source) {
    return source.folder().replaceFirst(".*/java/", "");
  }
}
