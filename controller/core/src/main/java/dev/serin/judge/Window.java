package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.latency.WatchedBounds;
import dev.serin.stats.trial.Cell;
import dev.serin.stats.trial.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// The counts of both arms in one closed interval of time.
///
/// The order of the pods carries no meaning: they are kept by name, so that sums have the same bits in any order.
///
/// @param sequence
///          number of the window, at least 0, rising with time
/// @param start
///          first instant of the window
/// @param length
///          its length, positive
/// @param canary
///          the ready pods of the canary, each once
/// @param baseline
///          the ready pods that the canary is compared with, each once
/// @param complete
///          whether every pod was watched for the whole window; an incomplete one may hold or stop, never advance
/// @param burnIn
///          whether it lies before the canary: then its baseline teaches how events cluster, and nothing is judged
public record Window(long sequence, Instant start, Duration length, List<PodCounts> canary, List<PodCounts> baseline,
    boolean complete, boolean burnIn) {

  public Window {
    if (sequence < 0) {
      throw new IllegalArgumentException("window sequence must be at least 0, was " + sequence);
    }
    if (!length.isPositive()) {
      throw new IllegalArgumentException("window length must be positive, was " + length);
    }
    canary = byName(canary);
    baseline = byName(baseline);
  }

  /// A window with the canary.
  public Window(long sequence, Instant start, Duration length, List<PodCounts> canary, List<PodCounts> baseline,
      boolean complete) {
    this(sequence, start, length, canary, baseline, complete, false);
  }

  /// First instant after the window.
  public Instant end() {
    return start.plus(length);
  }

  /// Exposure of one arm, summed over its pods.
  public double exposure(Arm arm) {
    return Cells.exposure(pods(arm));
  }

  /// Total errors of one arm.
  public long failures(Arm arm) {
    return Cells.failures(pods(arm));
  }

  /// Events of one arm by signature, without those that did not occur.
  public SortedMap<SignatureId, Long> events(Arm arm) {
    var sums = new TreeMap<SignatureId, Long>();
    for (var pod : pods(arm)) {
      pod.events().forEach((signature, count) -> {
        if (count > 0) {
          sums.merge(signature, count, Long::sum);
        }
      });
    }
    return Collections.unmodifiableSortedMap(sums);
  }

  /// The pods of one arm, by name.
  public List<PodCounts> pods(Arm arm) {
    return switch (arm) {
      case CANARY -> canary;
      case BASELINE -> baseline;
    };
  }

  private static List<PodCounts> byName(List<PodCounts> pods) {
    var sorted = pods.stream().sorted(Comparator.comparing(PodCounts::pod)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).pod().equals(sorted.get(i - 1).pod())) {
        throw new IllegalArgumentException("pod " + sorted.get(i).pod() + " is listed twice in one arm");
      }
    }
    return sorted;
  }

  /// A window as the hypotheses see it: the pods that are warm, their exposures, and events by hypothesis and pod.
  ///
  /// @param canary
  ///          warm canary pods
  /// @param stable
  ///          warm stable pods
  record Cells(List<PodCounts> canary, List<PodCounts> stable) {

    /// Leaves out pods that are younger than the warm-up, their exposure included, in both arms alike.
    static Cells of(Window window, Duration warmup) {
      return new Cells(warm(window.canary(), warmup), warm(window.baseline(), warmup));
    }

    private static List<PodCounts> warm(List<PodCounts> pods, Duration warmup) {
      boolean all = true;
      for (var pod : pods) {
        all &= isWarm(pod, warmup);
      }
      return all ? pods : pods.stream().filter(pod -> isWarm(pod, warmup)).toList();
    }

    private static boolean isWarm(PodCounts pod, Duration warmup) {
      return pod.age() == null || pod.age().compareTo(warmup) >= 0;
    }

    static double exposure(List<PodCounts> pods) {
      double sum = 0;
      for (var pod : pods) {
        sum += pod.exposure();
      }
      return sum;
    }

    static long failures(List<PodCounts> pods) {
      long sum = 0;
      for (var pod : pods) {
        sum += pod.failures();
      }
      return sum;
    }

    static List<String> names(List<PodCounts> pods) {
      var names = new ArrayList<String>(pods.size());
      for (var pod : pods) {
        names.add(pod.pod());
      }
      return names;
    }

    Split split(int[] buckets) {
      return new Split(exposures(canary), buckets, exposures(stable));
    }

    private static double[] exposures(List<PodCounts> pods) {
      var exposures = new double[pods.size()];
      for (int p = 0; p < exposures.length; p++) {
        exposures[p] = pods.get(p).exposure();
      }
      return exposures;
    }

    /// Events on both arms of signatures without a slot.
    SortedMap<SignatureId, Long> unknown(Roster roster) {
      var unknown = new TreeMap<SignatureId, Long>();
      addUnknown(unknown, canary, roster);
      addUnknown(unknown, stable, roster);
      return unknown;
    }

    private static void addUnknown(SortedMap<SignatureId, Long> unknown, List<PodCounts> pods, Roster roster) {
      for (var pod : pods) {
        if (!pod.events().isEmpty()) {
          pod.events().forEach((signature, count) -> {
            if (count > 0 && roster.index(signature) == Roster.OTHER) {
              unknown.merge(signature, count, Long::sum);
            }
          });
        }
      }
    }

    /// Events by hypothesis; null where there were none. Tenants are told apart only if every event has one, or is known to have none.
    @Nullable
    Cell[] cells(Roster roster) {
      var cells = counted(roster);
      var total = cells[Roster.TOTAL];
      if (total != null && attributed(canary) && attributed(stable)) {
        total.attribute();
        for (int p = 0; p < canary.size(); p++) {
          int index = p;
          byTenant(canary.get(p), (tenant, count) -> total.tenants(roster.bucket(tenant)).addCanary(index, count));
        }
        for (int p = 0; p < stable.size(); p++) {
          int index = p;
          byTenant(stable.get(p), (tenant, count) -> total.tenants(roster.bucket(tenant)).addStable(index, count));
        }
      }
      return cells;
    }

    /// Exposures for latencies, where not all requests were measured.
    Split measured(Split requests, int[] buckets) {
      boolean all = true;
      for (var pods : List.of(canary, stable)) {
        for (var pod : pods) {
          all &= pod.measured() == pod.exposure();
        }
      }
      return all
          ? requests
          : new Split(canary.stream().mapToDouble(PodCounts::measured).toArray(), buckets,
              stable.stream().mapToDouble(PodCounts::measured).toArray());
    }

    /// What stable's latencies teach of the bounds to watch in later windows.
    WatchedBounds bounds(Roster roster) {
      var measured = new ArrayList<SortedMap<Double, Long>>();
      for (var pod : stable) {
        if (!pod.latency().isEmpty()) {
          measured.add(pod.cumulative());
        }
      }
      return roster.bounds().after(measured);
    }

    /// Slow requests by pod; a window in which a bound is not known for each of them says nothing of it.
    private void addSlow(@Nullable Cell[] cells, Roster roster) {
      for (int j = 0; j < roster.bounds().size(); j++) {
        double bound = roster.bounds().bound(j);
        if (knows(canary, bound) && knows(stable, bound)) {
          for (int p = 0; p < canary.size(); p++) {
            add(cells, roster.firstLatency() + j, true, p, canary.get(p).slower(bound));
          }
          for (int p = 0; p < stable.size(); p++) {
            add(cells, roster.firstLatency() + j, false, p, stable.get(p).slower(bound));
          }
        }
      }
    }

    private static boolean knows(List<PodCounts> pods, double bound) {
      boolean all = true;
      for (var pod : pods) {
        all &= pod.slower(bound) >= 0;
      }
      return all;
    }

    private static boolean attributed(List<PodCounts> pods) {
      for (var pod : pods) {
        if (pod.tenants().isEmpty() && pod.failures() > 0) {
          return false;
        }
        long events = pod.events().isEmpty() ? 0 : sum(pod.events());
        long attributed = 0;
        if (!pod.tenants().isEmpty()) {
          for (var own : pod.tenants().values()) {
            attributed += sum(own);
          }
        }
        if (attributed != events || (events == 0 && pod.failures() > 0)) {
          return false;
        }
      }
      return true;
    }

    private static void byTenant(PodCounts pod, ObjLongConsumer<String> add) {
      pod.tenants().forEach((tenant, own) -> {
        if (!tenant.equals(PodCounts.NOBODY)) {
          add.accept(tenant, sum(own));
        }
      });
    }

    private static long sum(SortedMap<SignatureId, Long> events) {
      long sum = 0;
      for (long count : events.values()) {
        sum += count;
      }
      return sum;
    }

    @Nullable
    private Cell[] counted(Roster roster) {
      var cells = new @Nullable Cell[roster.size()];
      for (int p = 0; p < canary.size(); p++) {
        fill(cells, roster, canary.get(p), true, p);
      }
      for (int p = 0; p < stable.size(); p++) {
        fill(cells, roster, stable.get(p), false, p);
      }
      addSlow(cells, roster);
      return cells;
    }

    private void fill(@Nullable Cell[] cells, Roster roster, PodCounts pod, boolean ofCanary, int index) {
      add(cells, Roster.TOTAL, ofCanary, index, pod.failures());
      if (!pod.events().isEmpty()) {
        pod.events().forEach((signature, count) -> add(cells, roster.index(signature), ofCanary, index, count));
      }
    }

    private void add(@Nullable Cell[] cells, int hypothesis, boolean ofCanary, int index, long count) {
      if (count > 0) {
        var cell = cells[hypothesis];
        if (cell == null) {
          cell = new Cell(canary.size(), stable.size());
          cells[hypothesis] = cell;
        }
        if (ofCanary) {
          cell.addCanary(index, count);
        } else {
          cell.addStable(index, count);
        }
      }
    }
  }
}
