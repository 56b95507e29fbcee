package dev.serin.bench.signature;

import dev.serin.bench.report.Origin;
import dev.serin.bench.report.Table;
import dev.serin.signature.SignatureFolding;
import dev.serin.testkit.data.Grouping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The benchmark of signatures as a page.
///
/// @param command
///          as a person types it
/// @param original
///          accuracy by data set against the original ground truth, empty where there is no LogHub
/// @param corrected
///          the same against the corrected one
/// @param speeds
///          by data set
/// @param nezha
///          results on real faults, where there are any data
public record SignatureReport(String command, Origin origin, List<Accuracy> original, List<Accuracy> corrected,
    List<Speed> speeds, HostileStream hostile, Optional<RealFaults> nezha) {

  private static final double MIB = 1 << 20;
  private static final String ABSENT = "Not measured: the data is not where `SERIN_DATA` points.\n";

  /// Results on Nezha's faults.
  ///
  /// @param trouble
  ///          ranks among signatures of trouble
  /// @param all
  ///          ranks among the names of all records
  /// @param faultFree
  ///          false alarms
  public record RealFaults(List<FaultRank> trouble, List<FaultRank> all, List<FaultRank.Alarms> faultFree) {}

  /// The page in Markdown.
  public String markdown() {
    return String.join("\n", head(), accuracy(), speed(), bounded(), faults());
  }

  private String head() {
    return """
        # Benchmark: signatures

        One frozen configuration, no rule that knows a data set. The data is read in place (`SERIN_DATA` names its folder): LogHub's
        research licence forbids a copy. This page is written by the command.

        - Command: `%s`
        - Algorithm: `%s`
        - Commit: %s
        - Machine: %s
        """
        .formatted(command, SignatureFolding.VERSION, origin.commit(), origin.machine());
  }

  private String accuracy() {
    var text = """
        ## Accuracy

        LogHub-2k, 2,000 lines each, messages without their headers. *Original*: the groups of Zhu et al. (ISSRE 2023); *corrected*: those
        of Khan et al. (ICSE 2022). GA is the share of lines in exactly the right group, FGA the F1 over groups. *Stateless*: the template
        alone. *Merged*: with the monotone merge, of all templates at once. *As they come*: each line counts as the first of its kind, as in
        the operator. What each rule is worth stands in [its own page](signature-rules.md).

        """;
    if (original.isEmpty()) {
      return text + ABSENT;
    }
    var table = new Table(List.of("data set", "stateless, original", "stateless, corrected", "merged, original",
        "merged, corrected", "as they come, original", "as they come, corrected"));
    for (int i = 0; i < original.size(); i++) {
      int set = i;
      table.row(row(original.get(i).name(), way -> way.apply(original.get(set)), way -> way.apply(corrected.get(set))));
    }
    table.row(row("**mean**", way -> Grouping.mean(original.stream().map(way).toList()),
        way -> Grouping.mean(corrected.stream().map(way).toList())));
    return text + table;
  }

  /// One column for each way to group and ground truth.
  private static List<String> row(String name, Function<Function<Accuracy, Grouping>, Grouping> ofOriginal,
      Function<Function<Accuracy, Grouping>, Grouping> ofCorrected) {
    List<Function<Accuracy, Grouping>> ways = List.of(Accuracy::stateless, Accuracy::merged, Accuracy::online);
    return Stream.concat(Stream.of(name), ways.stream()
        .flatMap(way -> Stream.of(cell(ofOriginal.apply(way)), cell(ofCorrected.apply(way))))).toList();
  }

  private static String cell(Grouping grouping) {
    return (number("%.3f", grouping.accuracy()) + "/" + number("%.3f", grouping.f1())).replaceAll("\\b0\\.", ".");
  }

  private String speed() {
    var text = """
        ## Throughput

        One thread, bytes in memory, no header to parse. Processor time, best of %d rounds; in each every data set
        has its turn of %d MiB, and the first ones warm up. *Counting* includes the keyed hash, the look-up and the comparison of the
        template. Allocation is that of a pass in which every template is known; heap is what the counter keeps after a garbage
        collection.

        """
        .formatted(Speed.ROUNDS, Speed.MEBIBYTES_PER_ROUND);
    if (speeds.isEmpty()) {
      return text + ABSENT;
    }
    var table = new Table(List.of("data set", "bytes per line", "template only, million lines/s",
        "with counting, million lines/s", "with counting, MB/s", "allocated per line", "templates", "heap"));
    speeds.forEach(speed -> table.row(List.of(speed.name(), number("%.0f", speed.bytesPerLine()),
        number("%.2f", speed.writing() / 1e6), number("%.2f", speed.counting() / 1e6),
        number("%.0f", speed.megabytes()), number("%.1f B", speed.allocated()),
        number("%,.0f", (double) speed.templates()), mebibytes(speed.heap()))));
    return text + table;
  }

  private String bounded() {
    return """
        ## Bounded memory

        A stream of %,d lines. A part fills the state with as much as its bounds allow; in the rest no two lines are alike: new messages
        first, after two, three and four fifths new exceptions, routes and loggers too. All of it goes the whole way, from text through
        records into the state of a Rollout. Nodes with too many children fold for good, so the state shrinks under attack.

        - Counted: %,d of %,d, in %,d signatures
        - State as it is stored, at most: %s
        - Heap of the recorder after each tenth: %s
        - Time: %s, %s lines/s
        """
        .formatted(hostile.lines(), hostile.counted(), hostile.lines(), hostile.signatures(),
            mebibytes(hostile.json()),
            hostile.heap().stream().map(SignatureReport::mebibytes).collect(Collectors.joining(", ")),
            number("%.0f s", hostile.seconds()), number("%,.0f", hostile.lines() / hostile.seconds()));
  }

  private String faults() {
    var text = """
        ## Real faults

        Nezha's Train-Ticket shop, 27 pods: the two minutes with a fault against all minutes without one of that service, not side
        by side. Rank of the faulty service's first signature among the signatures of all services that rose, by the likelihood ratio of
        their counts. *Trouble*: what Serin counts by default. *All*: with every other record too.

        """;
    if (nezha.isEmpty()) {
      return text + ABSENT;
    }
    var found = nezha.get();
    var table = new Table(List.of("fault", "rank, trouble", "rank, all", "first signature (all)"));
    for (int i = 0; i < found.all().size(); i++) {
      var trouble = found.trouble().get(i);
      var all = found.all().get(i);
      table.row(List.of(all.fault(), rank(trouble), rank(all),
          all.template().isEmpty() ? "" : "`" + all.template().replace("|", "\\|") + "`"));
    }
    return text + table
        + """

            First of the faulty service, return faults: %s by trouble, %s with all records; the prototype 5 of 5. Exceptions: %s by trouble,
            %s with all records; the prototype 2 of 7. Faults of the processor are invisible to both.

            False alarms between %d pairs of minutes without a fault: a naive Poisson z above 6 in %d of them (the prototype in 8 of 14); a
            signature never seen with three records or more in %d. Before and after differ by themselves, which is why Serin compares arms
            side by side and tests as `judge.md` says.
            """
            .formatted(first(found.trouble(), "return"), first(found.all(), "return"),
                first(found.trouble(), "exception"), first(found.all(), "exception"), found.faultFree().size(),
                found.faultFree().stream().filter(alarms -> alarms.naive() > 0).count(),
                found.faultFree().stream().filter(alarms -> alarms.novel() > 0).count());
  }

  private static String rank(FaultRank found) {
    return found.rank().map(rank -> rank + " of " + found.rose()).orElse("– of " + found.rose());
  }

  private static String first(List<FaultRank> ranks, String type) {
    var faults = ranks.stream().filter(rank -> rank.fault().endsWith(", " + type)).toList();
    return faults.stream().filter(rank -> rank.rank().orElse(0) == 1).count() + " of " + faults.size();
  }

  private static String mebibytes(long bytes) {
    return number("%.2f MiB", Math.max(0, bytes) / MIB);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
