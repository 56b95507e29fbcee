package dev.serin.bench.signature;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.record.RuntimeLine;
import dev.serin.testkit.data.Nezha;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Where an injected fault stands among all signatures of all services.
///
/// @param fault
///          service and type
/// @param rank
///          of the first signature of the faulty service, from 1: one more than have risen more, so that chance decides no tie;
///          none if none of its signatures rose
/// @param rose
///          signatures that rose, of all services
/// @param template
///          of that first signature
/// @param alarms
///          novel signatures above the floor and naive z above 6, of all services
public record FaultRank(String fault, Optional<Integer> rank, int rose, String template, Alarms alarms) {

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());
  private static final long FLOOR = 3;
  private static final double NAIVE_LIMIT = 6;

  /// What would have rung a bell.
  ///
  /// @param novel
  ///          signatures that did not exist before and have three records at least
  /// @param naive
  ///          signatures whose naive Poisson z exceeds 6
  public record Alarms(int novel, int naive) {}

  /// A signature of one service.
  private record Kind(String service, Signature signature) {}

  /// Counts before and during; the latter over `ratio` times the time.
  private record Change(Kind kind, long before, long during, double ratio) {

    /// (x - r y) / sqrt(x + r² y) for x records in r times the time of y: what Poisson counts would allow.
    double z() {
      return (during - ratio * before) / Math.sqrt(during + ratio * ratio * before);
    }

    /// Logarithm of the likelihood ratio of two rates against one.
    double evidence() {
      double share = ratio / (ratio + 1);
      long all = before + during;
      return term(during, all * share) + term(before, all * (1 - share));
    }

    private static double term(long count, double expected) {
      return count == 0 ? 0 : count * Math.log(count / expected);
    }
  }

  /// Of every fault, against all minutes without a fault of that service: the one before a fault may have errors of an
  /// earlier one, and none at all if the shop was idle.
  ///
  /// @param everything
  ///          whether records without trouble are named too
  public static List<FaultRank> all(Nezha nezha, boolean everything) {
    var faultFree = counts(nezha.faultFree(), everything);
    var faults = nezha.faults();
    var before = faults.stream().map(fault -> counts(fault.before(), everything)).toList();
    List<FaultRank> ranks = new ArrayList<>();
    for (var fault : faults) {
      var service = service(fault.pod());
      Map<Kind, Long> baseline = new HashMap<>(faultFree);
      int minutes = 1;
      for (int i = 0; i < before.size(); i++) {
        if (!service(faults.get(i).pod()).equals(service)) {
          before.get(i).forEach((kind, count) -> baseline.merge(kind, count, Long::sum));
          minutes++;
        }
      }
      ranks.add(of(fault, service, changes(baseline, counts(fault.during(), everything), 2.0 / minutes)));
    }
    return ranks;
  }

  /// Alarms between one minute without a fault and the next: all of them are false.
  public static List<Alarms> faultFree(Nezha nezha) {
    List<Map<Kind, Long>> minutes = new ArrayList<>();
    minutes.add(counts(nezha.faultFree(), false));
    nezha.faults().forEach(fault -> minutes.add(counts(fault.before(), false)));
    List<Alarms> alarms = new ArrayList<>();
    for (int i = 1; i < minutes.size(); i++) {
      alarms.add(alarms(changes(minutes.get(i - 1), minutes.get(i), 1)));
    }
    return alarms;
  }

  private static FaultRank of(Nezha.Fault fault, String service, List<Change> changes) {
    var rose = changes.stream().filter(change -> change.z() > 0).toList();
    var first = rose.stream().filter(change -> change.kind().service().equals(service))
        .max(Comparator.comparingDouble(Change::evidence).thenComparing(change -> change.kind().signature().id()));
    var rank = first
        .map(change -> 1 + (int) rose.stream().filter(other -> other.evidence() > change.evidence()).count());
    return new FaultRank(service + ", " + fault.type(), rank, rose.size(),
        first.map(change -> change.kind().signature().template()).orElse(""), alarms(changes));
  }

  private static Alarms alarms(List<Change> changes) {
    return new Alarms((int) changes.stream().filter(change -> change.before() == 0 && change.during() >= FLOOR).count(),
        (int) changes.stream().filter(change -> Math.abs(change.z()) > NAIVE_LIMIT).count());
  }

  private static List<Change> changes(Map<Kind, Long> before, Map<Kind, Long> during,
      double ratio) {
    Set<Kind> kinds = new HashSet<>(before.keySet());
    kinds.addAll(during.keySet());
    return kinds.stream().map(kind -> new Change(kind, before.getOrDefault(kind, 0L), during.getOrDefault(kind, 0L),
        ratio)).toList();
  }

  private static Map<Kind, Long> counts(List<Nezha.Line> lines, boolean everything) {
    Map<String, List<LogLine>> pods = new TreeMap<>();
    lines.forEach(line -> pods.computeIfAbsent(line.pod(), _ -> new ArrayList<>()).add(RuntimeLine.read(line.text())));
    Map<Kind, Long> counts = new HashMap<>();
    pods.forEach((pod, log) -> records(log).forEach(record -> {
      var named = everything ? Optional.of(RULES.nameOf(record)) : RULES.signatureOf(record);
      named.ifPresent(signature -> counts.merge(new Kind(service(pod), signature), 1L, Long::sum));
    }));
    return counts;
  }

  private static List<LogRecord> records(List<LogLine> log) {
    var assembler = new RecordAssembler();
    List<LogRecord> records = new ArrayList<>();
    log.stream().sorted(Comparator.comparing(LogLine::time))
        .forEach(line -> records.addAll(assembler.accept(line)));
    assembler.flush().ifPresent(records::add);
    return records;
  }

  /// The pod's name without the hashes of its ReplicaSet and its own.
  private static String service(String pod) {
    return pod.replaceFirst("-[a-z0-9]+-[a-z0-9]+$", "");
  }
}
