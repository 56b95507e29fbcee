package dev.serin.cli;

import dev.serin.sandbox.load.LoadReport;
import dev.serin.sandbox.load.Tally;
import dev.serin.sandbox.scenario.Outcome;
import dev.serin.sandbox.scenario.PushResult;
import dev.serin.sandbox.scenario.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The numbers at the end, as text.
final class Summary {

  private Summary() {}

  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    report.results().forEach(result -> lines.addAll(push(result)));
    lines.add("");
    lines.addAll(failures(report.load()));
    lines.add("Requests without any answer: " + report.load().unanswered());
    return lines;
  }

  private static List<String> push(PushResult result) {
    List<String> lines = new ArrayList<>();
    String outcome = result.outcome() == null
        ? "no outcome"
        : result.outcome() == Outcome.PROMOTED ? "promoted" : "rolled back";
    lines.add(result.push().image() + ": " + outcome + after(result.verdictAfter(), " after the push"));
    if (!result.sentence().isEmpty()) {
      lines.add("  " + result.sentence());
    }
    if (result.outcome() == Outcome.ROLLED_BACK) {
      lines.add("  %,d of its %,d requests met the new fault".formatted(result.newFaults(), result.requests())
          + after(result.faultSeen(), " from the first bad response to the verdict")
          + after(result.lastCanary(), " from the verdict to the last canary response"));
    }
    return lines;
  }

  /// `, 12.3 s suffix`, or nothing without a duration. A last answer before the verdict counts as zero.
  private static String after(@Nullable Duration duration, String suffix) {
    return duration == null ? "" : ", " + seconds(duration.isNegative() ? Duration.ZERO : duration) + suffix;
  }

  private static List<String> failures(LoadReport load) {
    Map<String, Map<String, Long>> faults = new TreeMap<>();
    for (Tally tally : load.tallies()) {
      Map<String, Long> ofImage = faults.computeIfAbsent(tally.image(), _ -> new TreeMap<>());
      tally.failures().forEach((message, failures) -> ofImage.merge(message, failures.count(), Long::sum));
    }
    List<String> lines = new ArrayList<>();
    faults.forEach((image, counts) -> {
      lines.add("%-24s %,9d requests %,7d failed".formatted(image, load.requests(image), load.failed(image)));
      counts.forEach((message, count) -> lines.add("  %,7d x %s".formatted(count, message)));
    });
    return lines;
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
