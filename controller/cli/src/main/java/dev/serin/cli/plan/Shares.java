package dev.serin.cli.plan;

import dev.serin.api.v1alpha1.WeightText;
import dev.serin.plan.Weight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/// Rates and weights as people write them.
final class Shares {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,12})?");
  private static final int PERCENT = 2;

  private Shares() {}

  /// A share such as `0.1%` or `0.001`.
  static double rate(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    if (DECIMAL.matcher(number).matches()) {
      BigDecimal share = new BigDecimal(number).movePointLeft(percent ? PERCENT : 0);
      if (share.compareTo(BigDecimal.ONE) <= 0) {
        return share.doubleValue();
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not a share such as 0.1% or 0.001");
  }

  /// A weight such as `0.5%`, above 0 % and below 100 %.
  static Weight weight(String text) {
    int partsPerMillion = WeightText.parse(text);
    if (partsPerMillion == 0 || partsPerMillion == 1_000_000) {
      throw new IllegalArgumentException("'" + text + "' is no weight to plan: above 0% and below 100%");
    }
    return new Weight(partsPerMillion);
  }

  /// `0.12%`, two digits that matter.
  static String percent(double share) {
    return new BigDecimal(Double.toString(share)).movePointRight(PERCENT).round(new MathContext(2)).stripTrailingZeros()
        .toPlainString()
        + "%";
  }
}
