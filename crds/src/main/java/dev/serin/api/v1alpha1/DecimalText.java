package dev.serin.api.v1alpha1;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Probabilities and ratios: plain decimals such as `0.01`, with at most six places on each side of the point.
final class DecimalText {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");

  private DecimalText() {}

  /// @throws IllegalArgumentException
  ///           when the text is not such a decimal
  static BigDecimal parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a decimal such as 0.01 or 1.2");
    }
    return new BigDecimal(text);
  }
}
