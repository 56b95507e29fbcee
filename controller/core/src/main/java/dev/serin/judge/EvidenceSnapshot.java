package dev.serin.judge;

import dev.serin.judge.Evidence.Failing;
import dev.serin.judge.Evidence.Silence;
import dev.serin.judge.Evidence.StepCounts;
import dev.serin.judge.Evidence.Streaks;
import dev.serin.judge.Evidence.Totals;
import dev.serin.signature.SignatureId;
import dev.serin.signature.digest.Sha256;
import dev.serin.stats.latency.WatchedBounds;
import dev.serin.stats.trial.Clusters;
import dev.serin.stats.trial.Placebo;
import dev.serin.stats.trial.Track;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Evidence as text: `e3.` and base64 of little-endian numbers with a checksum. It restores the same bits.
///
/// The known signatures are not repeated: they stand in the policy, whose hash is part of the text.
///
/// @param text
///          at most [#MAX_LENGTH] characters
public record EvidenceSnapshot(String text) {

  /// Longest text, in characters.
  public static final int MAX_LENGTH = 196_608;

  private static final String VERSION = "e3.";
  private static final int MAX_BYTES = 147_000;
  private static final int HASH_BYTES = 16;

  /// Refuses text that is not a whole, undamaged snapshot of this version.
  ///
  /// @throws IllegalArgumentException
  ///           that says what is wrong, without the text
  public EvidenceSnapshot {
    if (!text.startsWith(VERSION)) {
      throw new IllegalArgumentException("evidence must begin with \"" + VERSION + "\"");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "evidence must have at most " + MAX_LENGTH + " characters, had " + text.length());
    }
    decode(text);
  }

  /// Reads text that [#text] gave.
  ///
  /// @throws IllegalArgumentException
  ///           as the constructor
  public static EvidenceSnapshot parse(String text) {
    return new EvidenceSnapshot(text);
  }

  static EvidenceSnapshot of(Evidence evidence) {
    var out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.put(HexFormat.of().parseHex(evidence.policy().configHash()));
    write(out, evidence.totals());
    write(out, evidence.stepCounts());
    write(out, evidence.streaks());
    writeInstant(out, evidence.charge().badPodSince());
    write(out, evidence.hypotheses());
    out.putLong(checksum(out.array(), out.position()));
    var bytes = new byte[out.position()];
    out.flip().get(bytes);
    return new EvidenceSnapshot(VERSION + Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  Evidence read(Policy policy) {
    var in = decode(text);
    var hash = new byte[HASH_BYTES];
    try {
      in.get(hash);
      if (!HexFormat.of().formatHex(hash).equals(policy.configHash())) {
        throw new IllegalArgumentException("the evidence belongs to another policy: "
            + HexFormat.of().formatHex(hash) + ", not " + policy.configHash());
      }
      var totals = readTotals(in);
      var step = readStep(in);
      var streaks = readStreaks(in);
      var badPodSince = readInstant(in);
      var hypotheses = readHypotheses(in, policy);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("evidence has " + in.remaining() + " bytes too many");
      }
      return new Evidence(policy, totals, step, streaks, hypotheses, badPodSince);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("evidence ends too early", e);
    }
  }

  private static ByteBuffer decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("evidence is not base64", e);
    }
    int content = bytes.length - Long.BYTES;
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (content < 0 || in.getLong(content) != checksum(bytes, content)) {
      throw new IllegalArgumentException("evidence is damaged: its checksum does not match");
    }
    return in.limit(content);
  }

  private static long checksum(byte[] bytes, int length) {
    return ByteBuffer.wrap(Sha256.of(Arrays.copyOf(bytes, length))).getLong();
  }

  private static void write(ByteBuffer out, Totals totals) {
    out.putLong(totals.lastSequence()).putLong(totals.windows()).putDouble(totals.canaryExposure())
        .putDouble(totals.baselineExposure());
  }

  private static Totals readTotals(ByteBuffer in) {
    long lastSequence = in.getLong();
    if (lastSequence < -1) {
      throw new IllegalArgumentException("last sequence must be at least -1, was " + lastSequence);
    }
    return new Totals(lastSequence, readCount(in), readSum(in), readSum(in));
  }

  private static void write(ByteBuffer out, StepCounts counts) {
    var step = counts.step();
    // An index of -1 means "no step yet".
    out.putInt(step == null ? -1 : step.index());
    if (step != null) {
      var startedAt = step.startedAt();
      out.putLong(startedAt.getEpochSecond()).putInt(startedAt.getNano());
      write(out, step.minDuration());
      write(out, step.maxDuration());
    }
    out.putDouble(counts.canaryExposure()).putDouble(counts.expectedErrors());
  }

  private static StepCounts readStep(ByteBuffer in) {
    int index = in.getInt();
    var step = index == -1
        ? null
        : new Step(index, Instant.ofEpochSecond(in.getLong(), in.getInt()), readDuration(in), readDuration(in));
    return new StepCounts(step, readSum(in), readSum(in));
  }

  private static void write(ByteBuffer out, Duration duration) {
    out.putLong(duration.getSeconds()).putInt(duration.getNano());
  }

  private static Duration readDuration(ByteBuffer in) {
    return Duration.ofSeconds(in.getLong(), in.getInt());
  }

  private static void write(ByteBuffer out, Streaks streaks) {
    for (var silence : new Silence[]{streaks.canary(), streaks.baseline()}) {
      out.putLong(silence.windows()).putDouble(silence.otherExposure());
    }
    var failing = streaks.failing();
    out.putDouble(failing.canary()).putDouble(failing.baseline()).putDouble(failing.baselineFailures());
  }

  private static Streaks readStreaks(ByteBuffer in) {
    return new Streaks(new Silence(readCount(in), readSum(in)), new Silence(readCount(in), readSum(in)),
        new Failing(readSum(in), readSum(in), readSum(in)));
  }

  private static void writeInstant(ByteBuffer out, @Nullable Instant instant) {
    out.put((byte) (instant == null ? 0 : 1));
    if (instant != null) {
      out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }
  }

  private static @Nullable Instant readInstant(ByteBuffer in) {
    return in.get() == 0 ? null : Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private static void write(ByteBuffer out, Hypotheses hypotheses) {
    out.putInt(hypotheses.roster().novel().size());
    hypotheses.roster().novel().forEach(signature -> write(out, signature.value()));
    hypotheses.roster().bounds().write(out);
    out.putInt(hypotheses.buckets().size());
    hypotheses.buckets().forEach((pod, bucket) -> {
      write(out, pod);
      out.putInt(bucket);
    });
    hypotheses.placebo().write(out);
    hypotheses.clusters().write(out);
    hypotheses.tracks().forEach(track -> track.write(out, hypotheses.clusters()));
  }

  private static Hypotheses readHypotheses(ByteBuffer in, Policy policy) {
    int size = in.getInt();
    if (size < 0 || size > policy.novelSlots()) {
      throw new IllegalArgumentException("novel signatures must be 0.." + policy.novelSlots() + ", were " + size);
    }
    var novel = new ArrayList<SignatureId>(size);
    for (int i = 0; i < size; i++) {
      novel.add(new SignatureId(readText(in)));
    }
    var roster = new Roster(policy, WatchedBounds.read(in), novel);
    var buckets = new TreeMap<String, Integer>();
    for (int left = in.getInt(); left > 0; left--) {
      buckets.put(readText(in), in.getInt());
    }
    var placebo = Placebo.read(in);
    var clusters = Clusters.read(in, policy.window());
    var tracks = new ArrayList<Track>(roster.size());
    for (int i = 0; i < roster.size(); i++) {
      tracks.add(Track.read(roster.get(i).facts(), clusters, in));
    }
    return Hypotheses.of(roster, tracks, clusters, placebo, buckets);
  }

  private static void write(ByteBuffer out, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length).put(bytes);
  }

  private static String readText(ByteBuffer in) {
    int length = in.getInt();
    if (length < 1 || length > in.remaining()) {
      throw new IllegalArgumentException("a name has an impossible length: " + length);
    }
    var bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long readCount(ByteBuffer in) {
    long count = in.getLong();
    if (count < 0) {
      throw new IllegalArgumentException("a count must be at least 0, was " + count);
    }
    return count;
  }

  private static double readSum(ByteBuffer in) {
    double sum = in.getDouble();
    if (!(sum >= 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a sum must be finite and at least 0, was " + sum);
    }
    return sum;
  }
}
