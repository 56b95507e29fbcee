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

  @Test
  @DisplayName("A sample has 512 bytes at most, and ends between two tokens")
  void boundsBytes() {
    assertThat(write("ab ".repeat(171))).isEqualTo("ab ".repeat(171).strip()).hasSize(512);
    assertThat(write("ab ".repeat(172))).hasSize(512);
    assertThat(write("é ".repeat(171))).isEqualTo("é ".repeat(171).strip());
    assertThat(write("é ".repeat(172))).isEqualTo("é ".repeat(171).strip());
    assertThat(write("x".repeat(513))).isEmpty();
    assertThat(write("")).isEmpty();
  }

  @Test
  @DisplayName("Values of keys and quoted names are shapes, and of key and sign nothing is lost")
  void showsKeys() {
    assertThat(write("user=root size > 5 (10.0.0.1)")).isEqualTo("user = <text:4> size > <num:1> ( <ip> )");
    assertThat(write("no column \"kschmidt_x\" here")).isEqualTo("no column \" <text:10> \" here");
  }

  @Test
  @DisplayName("A unit of up to four letters stays behind a number only; a sign or shape is never a name")
  void keepsUnits() {
    assertThat(SampleWriter.withoutNames("<num:1> kbps of <text:3> ( kbps", "<*> of <*>"))
        .isEqualTo("<num:1> kbps of <text:3> ( <text:4>");
    assertThat(SampleWriter.withoutNames("<num:1> bytes", "<*>")).isEqualTo("<num:1> <text:5>");
    assertThat(SampleWriter.withoutNames("<ip> kim", "<*>")).isEqualTo("<ip> <text:3>");
    assertThat(SampleWriter.withoutNames("<kim>", "<*>")).isEqualTo("<kim>");
  }

  private static String write(String message) {
    return new SampleWriter().write(message);
  }
}
