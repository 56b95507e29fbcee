package dev.serin.bench.report;

import java.util.List;
import java.util.Locale;

/// Markdown tables and the numbers in them.
public final class Table {

  private final StringBuilder text = new StringBuilder();

  public Table(List<String> head) {
    row(head);
    text.append("|---".repeat(head.size())).append("|\n");
  }

  public void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// A probability in per cent, with enough digits to tell .05 from .10.
  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * share).replace("100.00", "100");
  }

  /// Minutes to a tenth, or a dash for what did not happen.
  static String minutes(double minutes) {
    return Double.isFinite(minutes) ? String.format(Locale.ROOT, "%.1f min", minutes) : "–";
  }

  /// A large number with its thousands.
  static String count(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%,.0f", number) : "–";
  }

  /// A ratio to two digits.
  static String ratio(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
  }
}
