package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarLongTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "127, 1", "128, 2", "300, 2", "16383, 2", "16384, 3", "4294967296, 5",
      "9223372036854775807, 9"})
  @DisplayName("A number takes one byte for each seven bits, and is read again")
  void sizes(long value, int bytes) {
    var out = ByteBuffer.allocate(20);
    VarLong.write(out, value);
    assertThat(out.position()).isEqualTo(bytes);

    var in = out.flip();
    assertThat(VarLong.read(in)).isEqualTo(value);
    assertThat(in.hasRemaining()).isFalse();
  }

  @Test
  @DisplayName("Numbers stand one after another without anything between them")
  void several() {
    var out = ByteBuffer.allocate(20);
    VarLong.write(out, 300);
    VarLong.write(out, 5);
    var in = out.flip();
    assertThat(VarLong.read(in)).isEqualTo(300);
    assertThat(VarLong.read(in)).isEqualTo(5);
  }

  @Test
  @DisplayName("More than the nine bytes of the largest number are refused, and a number that ends early is none")
  void refuses() {
    var endless = new byte[10];
    Arrays.fill(endless, (byte) 0x80);
    endless[9] = 1;
    assertThatIllegalArgumentException().isThrownBy(() -> VarLong.read(ByteBuffer.wrap(endless)))
        .withMessage("a number has too many digits");
    assertThatThrownBy(() -> VarLong.read(ByteBuffer.wrap(new byte[]{-1, -1})))
        .isInstanceOf(BufferUnderflowException.class);
  }
}
