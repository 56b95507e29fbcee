package dev.serin.cli.signatures;

import dev.serin.cli.input.Printable;
import dev.serin.cli.signatures.Comparison.Line;
import dev.serin.signature.Family;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Signatures for people: a table, with a second line for what each looks like.
final class SignatureTable {

  private static final double PER = 1_000;
  private static final int WIDEST = 48;

  private SignatureTable() {}

  static void write(Report report, PrintWriter out) {
    out.println(number(report.lines()) + (report.lines() == 1 ? " line, " : " lines, ")
        + records(report.tally().arm(0).records()) + ", " + signatures(report.rows().size()));
    if (report.rows().isEmpty()) {
      flaws("Records ", report.tally().arm(0), out);
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("COUNT", "LEVEL", "FIRST", "LAST", "SIGNATURE"));
    for (Tally.Row row : report.rows()) {
      cells.add(List.of(number(row.total()), levels(row), report.text(row.first()), report.text(row.last()),
          Printable.text(row.template())));
    }
    out.println();
    write(cells, report.rows(), out);
    flaws("Records ", report.tally().arm(0), out);
  }

  static void write(Report report, Comparison comparison, PrintWriter out) {
    out.println("Canary: " + arm(report, Comparison.CANARY) + ". Stable: " + arm(report, Comparison.STABLE) + ". "
        + signatures(report.rows().size()));
    out.println("Rates are per 1,000 " + comparison.exposure().name().toLowerCase(Locale.ROOT)
        + ", with exact intervals of 95 % each.");
    if (!comparison.rows().isEmpty()) {
      rows(comparison, out);
    }
    flaws("Canary, records ", report.tally().arm(Comparison.CANARY), out);
    flaws("Stable, records ", report.tally().arm(Comparison.STABLE), out);
  }

  private static void rows(Comparison comparison, PrintWriter out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("CHANGE", "CANARY", "STABLE", "CANARY RATE", "STABLE RATE", "RATIO", "LEVEL", "SIGNATURE"));
    for (Line line : comparison.rows()) {
      cells.add(List.of(line.change().name().toLowerCase(Locale.ROOT), number(line.row().count(Comparison.CANARY)),
          number(line.row().count(Comparison.STABLE)), text(line.canary(), PER), text(line.stable(), PER),
          text(line.ratio(), 1), levels(line.row()), Printable.text(line.row().template())
              + (line.before().equals(line.row().id()) ? "" : "  (was " + line.before() + ")")));
    }
    out.println();
    write(cells, comparison.rows().stream().map(Line::row).toList(), out);
  }

  private static String arm(Report report, int arm) {
    Tally.Arm counted = report.tally().arm(arm);
    return report.inputs().get(arm).name() + ", " + number(counted.records()) + " records, "
        + number(counted.requests()) + " requests";
  }

  /// What makes some signatures less certain than they look; nothing where there is nothing to say.
  private static void flaws(String arm, Tally.Arm counted, PrintWriter out) {
    if (counted.split() > 0 || counted.truncated() > 0) {
      out.println();
      out.println(arm + "cut into pieces by the container runtime: " + number(counted.split())
          + "; too long to be kept whole: " + number(counted.truncated()) + "; of " + records(counted.records())
          + ". Their signatures may be wrong.");
    }
  }

  private static String records(long count) {
    return number(count) + (count == 1 ? " record" : " records");
  }

  private static String signatures(int count) {
    return count == 0 ? "no signature." : count == 1 ? "1 signature." : number(count) + " signatures.";
  }

  /// Columns as wide as they need to be, the last one free; below each row its ID and sample.
  private static void write(List<List<String>> cells, List<Tally.Row> rows, PrintWriter out) {
    int columns = cells.getFirst().size();
    int[] widths = new int[columns - 1];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    int indent = 0;
    for (int width : widths) {
      indent += width + 2;
    }
    for (int i = 0; i < cells.size(); i++) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = cells.get(i).get(column);
        String space = " ".repeat(widths[column] - cell.length());
        boolean numeric = i > 0 && !cell.isEmpty() && Character.isDigit(cell.charAt(cell.length() - 1));
        text.append(numeric ? space + cell : cell + space).append("  ");
      }
      out.println((text + cells.get(i).getLast()).stripTrailing());
      if (i > 0) {
        out.println(" ".repeat(indent) + details(rows.get(i - 1)));
      }
    }
  }

  private static String details(Tally.Row row) {
    String many = row.members() > 1 ? " (" + number(row.members()) + " names)" : "";
    return row.id() + many + (row.sample().isEmpty() ? "" : "  " + Printable.text(row.sample()));
  }

  private static String levels(Tally.Row row) {
    // The first level of an exception is the end of the second.
    String levels = row.signature().levels().stream().skip(row.signature().family() == Family.EXC ? 1 : 0)
        .filter(level -> !level.isEmpty()).map(Printable::text).collect(Collectors.joining(" "));
    return levels.isEmpty() ? "-" : levels.length() <= WIDEST ? levels : levels.substring(0, WIDEST - 1) + "…";
  }

  private static String text(Interval interval, double scale) {
    return value(interval.estimate() * scale) + " (" + value(interval.low() * scale) + ".."
        + value(interval.high() * scale) + ")";
  }

  private static String value(double value) {
    if (value == 0) {
      return "0";
    }
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.2g", value)
        : "inf";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
