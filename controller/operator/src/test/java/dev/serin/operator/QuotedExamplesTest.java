package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of docs/examples are checked against the schema and applied elsewhere; here a page may only quote them.
class QuotedExamplesTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern YAML = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/quick-start.md", "docs/concepts.md"})
  @DisplayName("Each YAML block of a page is a file of docs/examples, word for word, and there is one")
  void quotesAreTrue(String page) throws IOException {
    var quotes = YAML.matcher(Files.readString(ROOT.resolve(page))).results().map(quote -> quote.group(1)).toList();

    assertThat(quotes).isNotEmpty().allSatisfy(quote -> assertThat(examples()).contains(quote));
  }

  @Test
  @DisplayName("The first block of the README, the whole of a first Rollout, has at most eight lines")
  void startsSmall() throws IOException {
    var readme = YAML.matcher(Files.readString(ROOT.resolve("README.md")));

    assertThat(readme.find()).isTrue();
    assertThat(readme.group(1).lines().count()).isLessThanOrEqualTo(8);
  }

  @Test
  @DisplayName("Each relative link of a page leads to something")
  void linksLead() throws IOException {
    var links = new HashSet<Path>();
    for (var page : pages()) {
      LINK.matcher(Files.readString(page)).results().forEach(
          link -> links.add(page.resolveSibling(link.group(1)).normalize()));
    }

    assertThat(links).hasSizeGreaterThan(10).allSatisfy(link -> assertThat(link).exists());
  }

  private static List<Path> pages() throws IOException {
    try (var docs = Files.walk(ROOT.resolve("docs")); var top = Files.list(ROOT)) {
      return Stream.concat(docs, top).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  /// Without the comment at the top, which a page says in its own words.
  private static Set<String> examples() {
    try (var files = Files.list(ROOT.resolve("docs/examples"))) {
      return files.map(QuotedExamplesTest::read).map(text -> text.replaceFirst("^(#.*\\R)+", "")).collect(
          Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
