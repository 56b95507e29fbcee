package dev.serin.judge;

import static dev.serin.judge.Scene.STEP;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.timeouts;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a snapshot restores, and that numbers which no windows could have led to are refused although the checksum is right.
class SnapshotTest {

  /// Where numbers of evidence without a step stand: the hash of the policy has 16 bytes.
  private static final int LAST_SEQUENCE = 16;
  private static final int WINDOWS = 24;
  private static final int CANARY_EXPOSURE = 32;
  private static final int BASELINE_EXPOSURE = 40;
  private static final int STEP_INDEX = 48;
  private static final int STEP_EXPOSURE = 52;
  private static final int EXPECTED_ERRORS = 60;
  private static final int SILENT_WINDOWS = 68;
  private static final int SILENT_EXPOSURE = 92;
  private static final int FAILING = 100;
  private static final int FAILURES = 116;
  private static final int NOVEL = 125;

  private static byte[] bytes(Evidence evidence) {
    var all = Base64.getDecoder().decode(evidence.snapshot().text().substring(3));
    return Arrays.copyOf(all, all.length - Long.BYTES);
  }

  private static EvidenceSnapshot sealed(byte[] content) {
    var all = ByteBuffer.allocate(content.length + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    all.put(content).putLong(ByteBuffer.wrap(Sha256.of(content)).getLong());
    return EvidenceSnapshot.parse("e3." + Base64.getEncoder().withoutPadding().encodeToString(all.array()));
  }

  private static EvidenceSnapshot damaged(Evidence evidence, Consumer<ByteBuffer> damage) {
    var bytes = bytes(evidence);
    damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return sealed(bytes);
  }

  private static void refused(Consumer<ByteBuffer> damage, String message) {
    var snapshot = damaged(Evidence.initial(policy()), damage);
    assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(snapshot, policy()))
        .withMessageContaining(message);
  }

  @Test
  @DisplayName("Every sum of the rollout and of its step, and the streaks, are restored")
  void restores() {
    var evidence = judged(policy(), List.of(timeouts(0, 1, 9), timeouts(2, 3, 9),
        window(3, pod("c", 0, 0, Map.of()), pod("b", 900, 9, Map.of(TIMEOUT, 9L))))).evidence();
    var read = Evidence.of(evidence.snapshot(), policy());
    assertThat(read.totals()).isEqualTo(evidence.totals());
    assertThat(read.stepCounts()).isEqualTo(evidence.stepCounts());
    assertThat(read.streaks()).isEqualTo(evidence.streaks());
    assertThat(read.strength()).isEqualTo(evidence.strength());
    assertThat(read.signatures()).isEqualTo(evidence.signatures());
    assertThat(read.totals()).isEqualTo(new Evidence.Totals(3, 2, 200, 1800));
    assertThat(read.streaks().canary()).isEqualTo(new Evidence.Silence(1, 900));
  }

  @Test
  @DisplayName("A step is restored to the nanosecond, and that there is none")
  void restoresStep() {
    var fine = new Step(7, STEP.startedAt().plusNanos(123_456_789), Duration.ofNanos(3), Duration.ofSeconds(5, 7));
    var evidence = Evidence.initial(policy());
    assertThat(Evidence.of(evidence.snapshot(), policy()).step()).isEmpty();
    assertThat(Evidence.of(evidence.startStep(fine).snapshot(), policy()).step()).contains(fine);
    assertThat(Evidence.of(evidence.startStep(fine).endStep().snapshot(), policy()).step()).isEmpty();
  }

  @Test
  @DisplayName("Undamaged, the same way of sealing is read")
  void undamaged() {
    var evidence = Evidence.initial(policy());
    assertThat(damaged(evidence, _ -> {})).isEqualTo(evidence.snapshot());
    assertThat(Evidence.of(evidence.snapshot(), policy()).lastSequence()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOWS, SILENT_WINDOWS})
  @DisplayName("A number of windows below 0 is refused")
  void refusesCounts(int at) {
    refused(bytes -> bytes.putLong(at, -1), "a count must be at least 0, was -1");
  }

  @ParameterizedTest
  @ValueSource(ints = {CANARY_EXPOSURE, BASELINE_EXPOSURE, STEP_EXPOSURE, EXPECTED_ERRORS, SILENT_EXPOSURE, FAILING,
      FAILURES})
  @DisplayName("A sum below 0, infinite or no number is refused")
  void refusesSums(int at) {
    for (double sum : new double[]{-0.5, Double.POSITIVE_INFINITY, Double.NaN}) {
      refused(bytes -> bytes.putDouble(at, sum), "a sum must be finite and at least 0, was " + sum);
    }
  }

  @Test
  @DisplayName("Impossible sequences, steps and numbers of novel signatures are refused")
  void refusesRest() {
    refused(bytes -> bytes.putLong(LAST_SEQUENCE, -2), "last sequence must be at least -1, was -2");
    refused(bytes -> bytes.putInt(STEP_INDEX, -2), "step index must be at least 0, was -2");
    refused(bytes -> bytes.putInt(NOVEL, -1), "novel signatures must be 0..159, were -1");
    refused(bytes -> bytes.putInt(NOVEL, 160), "novel signatures must be 0..159, were 160");
    refused(bytes -> bytes.putInt(NOVEL, 1).putInt(NOVEL + 4, 0), "a name has an impossible length: 0");
    refused(bytes -> bytes.putInt(NOVEL, 1).putInt(NOVEL + 4, 1_000_000), "a name has an impossible length: 1000000");
  }

  @Test
  @DisplayName("Evidence that goes on after its end, or ends before it, is refused")
  void refusesLength() {
    var content = bytes(Evidence.initial(policy()));
    var longer = sealed(Arrays.copyOf(content, content.length + 3));
    assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(longer, policy()))
        .withMessage("evidence has 3 bytes too many");
    for (int length : new int[]{content.length - 1, 100, 10, 0}) {
      var shorter = sealed(Arrays.copyOf(content, length));
      assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(shorter, policy()))
          .withMessage("evidence ends too early");
    }
  }

  @Test
  @DisplayName("A text is refused for its first fault: version, length, letters, checksum")
  void refusesText() {
    var text = Evidence.initial(policy()).snapshot().text();
    var full = text + "A".repeat(EvidenceSnapshot.MAX_LENGTH - text.length());
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse("e2." + text.substring(3)))
        .withMessage("evidence must begin with \"e3.\"");
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse(full + "A"))
        .withMessage("evidence must have at most 196608 characters, had 196609");
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse(full))
        .as("not too long").withMessageNotContaining("at most");
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse("e3.?"))
        .withMessage("evidence is not base64");
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse("e3.AAAA"))
        .withMessage("evidence is damaged: its checksum does not match");
  }
}
