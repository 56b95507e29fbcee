package dev.serin.judge;

import dev.serin.judge.Evidence.Failing;
import dev.serin.judge.Evidence.Silence;
import dev.serin.judge.Evidence.StepCounts;
import dev.serin.judge.Evidence.Streaks;
import dev.serin.judge.Evidence.Totals;
import dev.serin.judge.Hypotheses.Tracked;
import dev.serin.signature.SignatureId;
import dev.serin.stats.EProcess;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;

/// Evidence as text: `e1.` and base64 of little-endian numbers with a checksum. It restores the same bits.
///
/// The known signatures are not repeated: they stand in the policy, whose hash is part of the text.
///
/// @param text
///          at most [#MAX_LENGTH] characters
public record EvidenceSnapshot(String text) {

  /// Longest text, in characters.
  public static final int MAX_LENGTH = 120_000;

  private static final String VERSION = "e1.";
  private static final int MAX_BYTES = 90_000;
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
      var hypotheses = readHypotheses(in, policy);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("evidence has " + in.remaining() + " bytes too many");
      }
      return new Evidence(policy, totals, step, streaks, hypotheses);
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
    return ByteBuffer.wrap(Sha256.of(bytes, length)).getLong();
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

  private static void write(ByteBuffer out, Hypotheses hypotheses) {
    out.putInt(hypotheses.novel().size());
    for (var signature : hypotheses.novel()) {
      var id = signature.value().getBytes(StandardCharsets.UTF_8);
      out.putInt(id.length).put(id);
    }
    for (var tracked : hypotheses.tracked()) {
      out.putLong(tracked.canary()).putLong(tracked.baseline()).putDouble(tracked.expected());
      tracked.process().write(out);
    }
  }

  private static Hypotheses readHypotheses(ByteBuffer in, Policy policy) {
    int size = in.getInt();
    if (size < 0 || size > policy.novelSlots()) {
      throw new IllegalArgumentException("novel signatures must be 0.." + policy.novelSlots() + ", were " + size);
    }
    var novel = new ArrayList<SignatureId>(size);
    for (int i = 0; i < size; i++) {
      int length = in.getInt();
      if (length < 1 || length > in.remaining()) {
        throw new IllegalArgumentException("a signature ID has an impossible length: " + length);
      }
      var id = new byte[length];
      in.get(id);
      novel.add(new SignatureId(new String(id, StandardCharsets.UTF_8)));
    }
    int indexes = Hypotheses.initial(policy).tracked().size() + size;
    var tracked = new ArrayList<Tracked>(indexes);
    for (int i = 0; i < indexes; i++) {
      tracked.add(new Tracked(readCount(in), readCount(in), readSum(in), EProcess.read(in)));
    }
    return new Hypotheses(novel, tracked);
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
