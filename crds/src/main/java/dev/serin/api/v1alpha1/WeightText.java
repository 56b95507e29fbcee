package dev.serin.api.v1alpha1;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Weights as percentages with at most four decimals: `0.5%`, `25%`. One part per million is `0.0001%`.
public final class WeightText {

  private static final int WHOLE = 1_000_000;
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?%");

  private WeightText() {}

  /// The share in parts per million, 0..1,000,000.
  ///
  /// @throws IllegalArgumentException
  ///           when the text is not a percentage of 0 to 100 with at most four decimals
  public static int parse(String text) {
    if (PERCENT.matcher(text).matches()) {
      int partsPerMillion = new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(4).intValueExact();
      if (partsPerMillion <= WHOLE) {
        return partsPerMillion;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not a weight such as 0.5% or 25%");
  }

  /// The shortest text of a share: 5,000 is `0.5%`.
  ///
  /// @param partsPerMillion
  ///          0..1,000,000
  public static String format(int partsPerMillion) {
    if (partsPerMillion < 0 || partsPerMillion > WHOLE) {
      throw new IllegalArgumentException("weight must be 0..1000000 ppm, was " + partsPerMillion);
    }
    return BigDecimal.valueOf(partsPerMillion, 4).stripTrailingZeros().toPlainString() + "%";
  }
}
