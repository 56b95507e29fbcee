package dev.serin.signature.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperLogLogTest {

  @ParameterizedTest
  @DisplayName("The first eight bits choose the register, and the zeros behind them and one more are its value")
  @CsvSource({"0000000000000000, 0039", "0080000000000000, 0001", "0040000000000000, 0002", "0000000000000001, 0038",
      "ff80000000000000, ff01", "ffffffffffffffff, ff01", "1000000000000001, 1038"})
  void placesHashes(String hash, String sparse) {
    assertThat(HyperLogLog.EMPTY.with(Long.parseUnsignedLong(hash, 16)).sparse()).isEqualTo(sparse);
  }

  @Test
  @DisplayName("A register keeps the largest value that it has seen")
  void keepsTheLargest() {
    var sketch = HyperLogLog.EMPTY.with(0x0010_0000_0000_0000L);

    assertThat(sketch.sparse()).isEqualTo("0004");
    assertThat(sketch.with(0x0020_0000_0000_0000L)).isEqualTo(sketch);
    assertThat(sketch.with(0x0010_0000_0000_0001L)).isEqualTo(sketch);
    assertThat(sketch.with(0x0008_0000_0000_0000L).sparse()).isEqualTo("0005");
  }

  @Test
  @DisplayName("What a sketch writes sparsely is read as the same sketch, from no register to the last one")
  void readsSparse() {
    var sketch = HyperLogLog.EMPTY.with(0).with(1L << 56).with(-1).with(0x8000_0000_0000_0000L);

    assertThat(sketch.sparse()).isEqualTo("003901398039ff01");
    assertThat(HyperLogLog.ofSparse(sketch.sparse())).isEqualTo(sketch);
    assertThat(HyperLogLog.ofSparse("")).isEqualTo(HyperLogLog.EMPTY);
  }

  @ParameterizedTest
  @DisplayName("A sparse text with half a pair, a register of zero, out of order or twice is refused")
  @ValueSource(strings = {"00", "003901", "0000", "01390039", "00390039", "0g39", "003", "00AA"})
  void refusesOtherTexts(String sparse) {
    assertThatIllegalArgumentException().isThrownBy(() -> HyperLogLog.ofSparse(sparse));
  }

  @Test
  @DisplayName("Registers are 256 pairs of lower-case hexadecimal digits")
  void refusesOtherRegisters() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HyperLogLog("00".repeat(255)))
        .withMessage("a sketch has 256 registers of two hex digits, had 510");
    for (var wrong : new String[]{"0G", "0/", "0:", "0`", "0A", "0g"}) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> new HyperLogLog("00".repeat(255) + wrong));
    }
    assertThat(new HyperLogLog("09af".repeat(128)).registers()).startsWith("09af");
  }

  @ParameterizedTest
  @DisplayName("The estimate is that of the published formulas, with and without empty registers")
  // Python 3, n registers of value v, others 0: raw = .7213 / (1 + 1.079 / 256) * 256**2 / (n * 2**-v + 256 - n);
  // round(256 * log(256 / (256 - n)) if raw <= 640 and n < 256 else raw)
  @CsvSource({"1, 1, 1", "128, 1, 177", "255, 1, 1420", "255, 2, 727", "255, 3, 1432", "256, 1, 368", "256, 2, 736",
      "256, 3, 1471",
      "200, 9, 835", "250, 9, 7255"})
  void estimates(int registers, int value, long expected) {
    var sketch = new HyperLogLog("%02x".formatted(value).repeat(registers) + "00".repeat(256 - registers));

    assertThat(sketch.estimate()).isEqualTo(expected);
  }
}
