package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleWriterTest {

  private final SampleWriter samples = new SampleWriter();

  @Test
  @DisplayName("A sample shows shapes in place of what varies, and in place of words that turned out to be names")
  void hidesNames() {
    var sample = samples.write("Mailbox of kschmidt not found after 250 ms");

    assertThat(sample).isEqualTo("Mailbox of kschmidt not found after <num:3> ms");
    assertThat(SampleWriter.withoutNames(sample, "Mailbox of <*> not found after <*> ms"))
        .isEqualTo("Mailbox of <text:8> not found after <num:3> ms");
    assertThat(SampleWriter.withoutNames(sample, "Mailbox of kschmidt not found after <*> ms")).isEqualTo(sample);
  }
}
