package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateWriterTest {

  private final TemplateWriter writer = new TemplateWriter();

  @Test
  @DisplayName("The template of the last line is there as bytes and as text")
  void keepsTheLast() {
    write("a longer line than the next one 7");
    int length = write("lost 7");

    assertThat(length).isEqualTo(8).isEqualTo(writer.length());
    assertThat(writer.text()).isEqualTo("lost <*>");
    assertThat(new String(writer.template(), 0, length, StandardCharsets.UTF_8)).isEqualTo("lost <*>");
  }

  @ParameterizedTest
  @DisplayName("A template that is longer than its line, or than every one before it, is written whole")
  @ValueSource(ints = {1, 15, 16, 17, 60, 85, 86, 127, 128, 200, 256})
  void growsWithLines(int words) {
    var line = "x,7,".repeat(words / 2) + "x ".repeat(words % 2);

    write(line);
    assertThat(writer.text()).isEqualTo(afterLonger(line));
    assertThat(write("w".repeat(words))).isEqualTo(words);
    assertThat(writer.text()).isEqualTo("w".repeat(words));
  }

  @ParameterizedTest
  @DisplayName("The last word of a line is written alone and whole though more text follows in the array")
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 230, 245, 246, 247, 248, 253, 254, 255, 256, 600})
  void endsWithTheLine(int letters) {
    var line = "w".repeat(letters) + " x";

    int length = writer.write(bytes(line + " and what the next line says"), 0, line.length());

    assertThat(length).isEqualTo(line.length());
    assertThat(writer.text()).isEqualTo(line);
  }

  private static String afterLonger(String line) {
    var other = new TemplateWriterTest();
    other.write("word ".repeat(400));
    other.write(line);
    return other.writer.text();
  }

  private int write(String line) {
    byte[] bytes = bytes(line);
    return writer.write(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
