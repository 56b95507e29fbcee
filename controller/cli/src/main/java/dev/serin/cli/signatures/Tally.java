package dev.serin.cli.signatures;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.SignatureGroup;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.LogRecord.Flaw;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.text.SampleWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Counts the signatures of one or two logs, bounded as in the operator: too many of one kind are counted as one.
final class Tally {

  /// Chooses samples by the line alone, so that the same logs give the same ones.
  private static final SipHash LINES = SipHash.fast(0, 0);
  /// Rows of nodes that have folded in the meantime are moved up when there are so many.
  private static final int SETTLE = 1 << 13;

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  private final boolean everything;
  private final SignatureFolding folding = new SignatureFolding();
  private final SampleWriter samples = new SampleWriter();
  private final Arm[] arms;
  private Map<SignatureId, Row> rows = new HashMap<>();

  /// What was read of one log, or of several as one.
  ///
  /// @param records
  ///          all of them
  /// @param requests
  ///          those that tell the end of a request
  /// @param split
  ///          those that the container runtime cut into pieces: text of the other stream may be glued on
  /// @param truncated
  ///          those that were too long to be kept whole
  record Arm(long records, long requests, long split, long truncated) {

    static final Arm NONE = new Arm(0, 0, 0, 0);

    Arm with(LogRecord record) {
      return new Arm(records + 1, requests + (RULES.isRequest(record) ? 1 : 0),
          split + (record.flaws().contains(Flaw.SPLIT) ? 1 : 0),
          truncated + (record.flaws().contains(Flaw.TRUNCATED) ? 1 : 0));
    }
  }

  /// @param everything
  ///          whether records without trouble count too
  Tally(int arms, boolean everything) {
    this.everything = everything;
    this.arms = new Arm[arms];
    Arrays.fill(this.arms, Arm.NONE);
  }

  Arm arm(int number) {
    return arms[number];
  }

  void count(int arm, LogRecord record, Place place) {
    arms[arm] = arms[arm].with(record);
    var named = everything ? Optional.of(RULES.nameOf(record)) : RULES.signatureOf(record);
    named.map(folding::fold).ifPresent(signature -> rows
        .computeIfAbsent(signature.id(), _ -> new Row(signature, arms.length, place)).count(arm, record, place));
    if (rows.size() > SETTLE) {
      settle();
    }
  }

  /// The rows, most frequent first; those that differ in names only as one.
  List<Row> groups() {
    settle();
    Map<SignatureId, SignatureGroup> groups = SignatureGroup.of(rows.values().stream().map(Row::signature).toList());
    Map<SignatureId, Row> united = new TreeMap<>();
    // In the order of the IDs: the group bears the smallest.
    new TreeMap<>(rows).forEach((id, row) -> {
      SignatureGroup group = groups.getOrDefault(id, new SignatureGroup(id, row.template()));
      united.computeIfAbsent(group.id(), _ -> new Row(row.signature(), arms.length, row.first()))
          .add(row, group.template());
    });
    return sorted(united.values());
  }

  /// The rows, most frequent first, each by itself.
  List<Row> atoms() {
    settle();
    return sorted(rows.values());
  }

  private List<Row> sorted(Collection<Row> all) {
    return all.stream().sorted(Comparator.comparingLong(Row::total).reversed().thenComparing(Row::id)).toList();
  }

  /// Moves what was counted before its node folded.
  private void settle() {
    Map<SignatureId, Row> settled = new HashMap<>();
    rows.values().forEach(row -> {
      Signature place = folding.fold(row.signature());
      settled.computeIfAbsent(place.id(), _ -> new Row(place, arms.length, row.first())).add(row, place.template());
    });
    rows = settled;
  }

  /// What was counted of one signature.
  final class Row {
    private final Signature signature;
    private final long[] counts;
    private String template;
    private int members;
    private Place first;
    private Place last;
    private long sampleHash = Long.MAX_VALUE;
    private String sample = "";

    private Row(Signature signature, int arms, Place place) {
      this.signature = signature;
      counts = new long[arms];
      template = signature.template();
      first = place;
      last = place;
    }

    Signature signature() {
      return signature;
    }

    SignatureId id() {
      return signature.id();
    }

    String template() {
      return template;
    }

    long count(int arm) {
      return counts[arm];
    }

    long total() {
      long total = 0;
      for (long count : counts) {
        total += count;
      }
      return total;
    }

    /// How many names of it were found; 1 if nothing was united.
    int members() {
      return Math.max(members, 1);
    }

    Place first() {
      return first;
    }

    Place last() {
      return last;
    }

    /// One of its messages, with shapes in place of what varies.
    String sample() {
      return sample;
    }

    private void count(int arm, LogRecord record, Place place) {
      counts[arm]++;
      last = place;
      String text = text(record);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      long hash = LINES.hash(bytes, 0, bytes.length);
      if (hash < sampleHash) {
        sampleHash = hash;
        sample = samples.write(text);
      }
    }

    private void add(Row other, String common) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      template = common;
      members += other.members();
      first = first.compareTo(other.first) <= 0 ? first : other.first;
      last = last.compareTo(other.last) >= 0 ? last : other.last;
      if (other.sampleHash < sampleHash) {
        sampleHash = other.sampleHash;
        sample = SampleWriter.withoutNames(other.sample, common);
      }
    }

    private static String text(LogRecord record) {
      return record.message().isBlank()
          ? record.exception().map(trace -> trace.rootCause().message()).orElse("")
          : record.message();
    }
  }
}
