package dev.serin.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema in `crds/` is the only place to edit. What follows from it is rewritten by
/// `mvn -pl crds test -Dtest=CopiesTest -Dserin.rewrite=true`, and otherwise compared.
class CopiesTest {

  @ParameterizedTest
  @CsvSource({"rollout, docs/reference/rollout.md", "analysis, docs/reference/analysis.md"})
  @DisplayName("The reference page says what the schema says")
  void referencePages(String kind, String page) {
    check(page, ReferencePage.of(kind.equals("rollout") ? Definition.rollout() : Definition.analysis()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rollouts.serin.dev.yaml", "analyses.serin.dev.yaml"})
  @DisplayName("The chart carries the definition byte for byte")
  void chart(String file) {
    check("helm/serin/files/crds/" + file, Definition.text(Definition.ROOT.resolve("crds/" + file)));
  }

  private static void check(String path, String wanted) {
    Path file = Definition.ROOT.resolve(path);
    if (Boolean.getBoolean("serin.rewrite")) {
      write(file, wanted);
    }
    assertThat(file).as("after a change in crds/, run this test with -Dserin.rewrite=true").hasContent(wanted);
    assertThat(wanted).hasSizeGreaterThan(1_000);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
