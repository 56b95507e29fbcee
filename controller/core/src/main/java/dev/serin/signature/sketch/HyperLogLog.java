package dev.serin.signature.sketch;

import java.util.HexFormat;

/// About how many different values were seen (Flajolet et al., 2007): 256 registers, 6.5 % standard error.
///
/// An immutable value; merging is commutative, associative and idempotent. For display only.
///
/// @param registers
///          256 pairs of hex digits: one more than the longest run of zeros seen in each class of hashes
public record HyperLogLog(String registers) {

  public static final HyperLogLog EMPTY = new HyperLogLog("00".repeat(256));

  private static final int REGISTERS = 256;
  private static final int INDEX_BITS = 8;
  /// Bias correction for 256 registers: 0.7213 / (1 + 1.079 / m).
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  public HyperLogLog {
    if (registers.length() != 2 * REGISTERS
        || !registers.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("a sketch has 256 registers of two hex digits, had " + registers.length());
    }
  }

  /// With one more value.
  ///
  /// @param hash
  ///          a well mixed hash of the value
  public HyperLogLog with(long hash) {
    int register = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    int rank = Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1))) + 1;
    if (HexFormat.fromHexDigits(registers, 2 * register, 2 * register + 2) >= rank) {
      return this;
    }
    byte[] values = values();
    values[register] = (byte) rank;
    return new HyperLogLog(HexFormat.of().formatHex(values));
  }

  /// What both have seen together.
  public HyperLogLog merge(HyperLogLog other) {
    if (other.registers.equals(EMPTY.registers) || other.registers.equals(registers)) {
      return this;
    }
    byte[] values = values();
    byte[] others = other.values();
    for (int i = 0; i < REGISTERS; i++) {
      values[i] = (byte) Math.max(values[i], others[i]);
    }
    return new HyperLogLog(HexFormat.of().formatHex(values));
  }

  /// The registers that are not zero, each as two hex digits of its number and two of its value: short for few values.
  public String sparse() {
    var sparse = new StringBuilder();
    for (int i = 0; i < REGISTERS; i++) {
      var value = registers.substring(2 * i, 2 * i + 2);
      if (!value.equals("00")) {
        sparse.append(HexFormat.of().toHexDigits((byte) i)).append(value);
      }
    }
    return sparse.toString();
  }

  /// Reads what [#sparse] writes.
  ///
  /// @throws IllegalArgumentException
  ///           if it does not
  public static HyperLogLog ofSparse(String sparse) {
    byte[] pairs = HexFormat.of().parseHex(sparse);
    byte[] values = new byte[REGISTERS];
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      values[pairs[i] & 0xFF] = pairs[i + 1];
    }
    var read = new HyperLogLog(HexFormat.of().formatHex(values));
    if (!read.sparse().equals(sparse)) {
      throw new IllegalArgumentException("no sparse sketch: " + sparse);
    }
    return read;
  }

  /// About how many different values.
  public long estimate() {
    double sum = 0;
    int empty = 0;
    for (byte value : values()) {
      sum += StrictMath.scalb(1.0, -value);
      empty += value == 0 ? 1 : 0;
    }
    double raw = ALPHA * REGISTERS * REGISTERS / sum;
    // Few values: counting the empty registers is more exact.
    boolean few = raw <= 2.5 * REGISTERS && empty > 0;
    return StrictMath.round(few ? REGISTERS * StrictMath.log((double) REGISTERS / empty) : raw);
  }

  private byte[] values() {
    return HexFormat.of().parseHex(registers);
  }
}
