package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleWriterTest {

  private static final String MESSAGE = "Mailbox of kschmidt (10.1.2.3) not found after 250 ms.";

  private final String sample = new SampleWriter().write(MESSAGE);

  @Test
  @DisplayName("A sample shows shapes in place of what varies, and keeps signs and units that the template leaves out")
  void showsShapes() {
    assertThat(sample).startsWith("Mailbox of kschmidt").contains("<ip>", "<num:3>", "ms").doesNotContain("250",
        "10.1");
    assertThat(SampleWriter.withoutNames(sample, Canonicaliser.canonicalise(MESSAGE))).isEqualTo(sample);
  }

  @Test
  @DisplayName("A word that others of its kind have shown to be a name is a shape too, and nothing else becomes one")
  void hidesNames() {
    var common = Canonicaliser.canonicalise(MESSAGE).replace("kschmidt", "<*>");

    assertThat(SampleWriter.withoutNames(sample, common)).isEqualTo(sample.replace("kschmidt", "<text:8>"));
  }
}
