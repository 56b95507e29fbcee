package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.judge.Policy.Advance;
import dev.serin.judge.Policy.Cadence;
import dev.serin.judge.Policy.Margin;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyTest {

  private static final Watched SEEN = Watched.SEEN;

  private static Policy policy(double alpha, long minRequests, Map<SignatureId, Watched> known, Duration window) {
    return Policy.of(alpha, known(known)).withAdvance(new Advance(Advance.Rule.PROVEN, minRequests, 2, 0.05))
        .withCadence(new Cadence(window, Duration.ZERO, Duration.ZERO));
  }

  @Test
  @DisplayName("The configuration hash is the same for equal policies and differs for every change")
  void configHash() {
    var base = policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH);
    assertThat(base.configHash()).matches("[0-9a-f]{32}")
        .isEqualTo(policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH).configHash());
    var changed = Stream.of(policy(0.02, 500, Map.of(TIMEOUT, SEEN), LENGTH),
        policy(0.01, 501, Map.of(TIMEOUT, SEEN), LENGTH), policy(0.01, 500, Map.of(), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.CRITICAL, Margin.NONE, true)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.NORMAL, new Margin(1.2, 0), true)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.NORMAL, new Margin(1, 0.1), true)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, Watched.UNSEEN), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, SEEN), Duration.ofSeconds(11)), base.withMargin(new Margin(1.5, 0)),
        base.withAdvance(new Advance(Advance.Rule.UNSUSPECTED, 500, 2, 0.05)),
        base.withAdvance(new Advance(Advance.Rule.PROVEN, 500, 1.5, 0.05)),
        base.withAdvance(new Advance(Advance.Rule.PROVEN, 500, 2, 0.01)),
        base.withCadence(new Cadence(LENGTH, LENGTH, Duration.ZERO)),
        base.withCadence(new Cadence(LENGTH, Duration.ZERO, LENGTH)),
        base.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.1))),
        new Policy(0.01, Margin.NONE, ExposureKind.POD_SECONDS, base.advance(), OnInconclusive.HOLD, base.known(),
            base.weights(), base.cadence()),
        new Policy(0.01, Margin.NONE, ExposureKind.REQUESTS, base.advance(), OnInconclusive.PROMOTE, base.known(),
            base.weights(), base.cadence()),
        base).map(Policy::configHash);
    assertThat(changed).doesNotHaveDuplicates().hasSize(18);
  }

  @Test
  @DisplayName("Evidence of 125 rolls back at alpha 0.01: a fifth of alpha is kept for after the promotion")
  void threshold() {
    assertThat(policy(0.01, 500, Map.of(), LENGTH).logThreshold()).isCloseTo(Math.log(125), within(1e-12));
  }

  @Test
  @DisplayName("Values out of range are refused with the value")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0, 500, Map.of(), LENGTH))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.21, 500, Map.of(), LENGTH))
        .withMessageContaining("0.21");
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.01, -1, Map.of(), LENGTH))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.01, 500, Map.of(), Duration.ofMinutes(6)))
        .withMessageContaining("PT6M");
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(0.5, 0)).withMessageContaining("0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(1, -0.1)).withMessageContaining("-0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Advance(Advance.Rule.PROVEN, 500, 1, 0.05))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Advance(Advance.Rule.PROVEN, 500, 2, 1))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cadence(LENGTH, Duration.ofSeconds(-1), Duration.ZERO)).withMessageContaining("PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cadence(LENGTH, Duration.ZERO, Duration.ofSeconds(-2))).withMessageContaining("PT-2S");
    var many = new TreeMap<SignatureId, Watched>();
    for (int i = 0; i <= Policy.MAX_KNOWN; i++) {
      many.put(new SignatureId("s1-" + i), SEEN);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.01, 500, many, LENGTH)).withMessageContaining("121");
    var base = policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH);
    assertThatIllegalArgumentException().isThrownBy(() -> base.withWeights(new TreeMap<>(Map.of(TIMEOUT, 1.0))))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> base.withWeights(new TreeMap<>(Map.of(Scene.NOT_FOUND, 0.1))))
        .withMessageContaining("known signature");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> base.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.6, Evidence.TOTAL_ERRORS, 0.4))))
        .withMessageContaining("sum to less than 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step(0, Scene.NOON, Duration.ofMinutes(3), Duration.ofMinutes(2)))
        .withMessageContaining("PT2M").withMessageContaining("PT3M");
  }

  @Test
  @DisplayName("The ends of the ranges are taken, and what is just beyond them is refused")
  void ranges() {
    assertThat(policy(0.2, 0, Map.of(), Duration.ofSeconds(1)).advance().minRequests()).isZero();
    assertThat(policy(0.01, 500, Map.of(), Duration.ofMinutes(5)).window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(new Margin(100, 1)).isEqualTo(new Margin(100, 1));
    assertThat(new Advance(Advance.Rule.PROVEN, 0, 64, 0.5).worstRatio()).isEqualTo(64);
    var full = new TreeMap<SignatureId, Watched>();
    for (int i = 0; i < Policy.MAX_KNOWN; i++) {
      full.put(new SignatureId("s1-" + i), SEEN);
    }
    assertThat(policy(0.01, 500, full, LENGTH).novelSlots()).isEqualTo(40);
    assertThat(new Step(0, Scene.NOON, Duration.ZERO, Duration.ZERO).index()).isZero();

    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.01, 500, Map.of(), Duration.ofMillis(999)))
        .withMessage("window must be 1 s to 5 min, was PT0.999S");
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(100.5, 0)).withMessage(
        "maxIncrease must be 1..100, was 100.5");
    assertThatIllegalArgumentException().isThrownBy(() -> new Margin(1, 1.1)).withMessage(
        "tolerance must be 0..1, was 1.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Advance(Advance.Rule.PROVEN, 0, 64.5, 0.5))
        .withMessage("worstRatio must be above 1 and at most 64, was 64.5");
    assertThatIllegalArgumentException().isThrownBy(() -> new Advance(Advance.Rule.PROVEN, 0, 2, 0))
        .withMessage("beta must be above 0 and below 1, was 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Step(-1, Scene.NOON, Duration.ZERO, Duration.ZERO))
        .withMessage("step index must be at least 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step(0, Scene.NOON, Duration.ofNanos(-1), Duration.ZERO))
        .withMessage("minDuration must not be negative, was PT-0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(0.01, 500, Map.of(new SignatureId("x".repeat(65)), SEEN), LENGTH))
        .withMessageContaining("had 65");
    var base = policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH);
    assertThatIllegalArgumentException().isThrownBy(() -> base.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.0))))
        .withMessage("the weight of s1-timeout must be above 0 and below 1, was 0.0");
    assertThat(base.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.6, Evidence.TOTAL_ERRORS, 0.3))).weights()).hasSize(2);
  }

  @Test
  @DisplayName("The usual policy holds at maxDuration and wants proof; a changed copy differs in nothing else")
  void copies() {
    var usual = Policy.of(0.01, known(Map.of(TIMEOUT, SEEN)));
    assertThat(usual.onInconclusive()).isEqualTo(OnInconclusive.HOLD);
    assertThat(usual.advance()).isEqualTo(new Advance(Advance.Rule.PROVEN, 500, 2, 0.05));
    assertThat(usual.cadence()).isEqualTo(new Cadence(LENGTH, Duration.ofMinutes(1), Duration.ofMinutes(15)));
    assertThat(usual.withMargin(new Margin(2, 0)).withMargin(Margin.NONE)).isEqualTo(usual);
    assertThat(usual.withCadence(new Cadence(LENGTH, LENGTH, LENGTH)).withCadence(usual.cadence())).isEqualTo(usual);
    assertThat(usual.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.1))).withWeights(new TreeMap<>())).isEqualTo(usual);
    assertThat(usual.withAdvance(new Advance(Advance.Rule.UNSUSPECTED, 1, 3, 0.1)).withAdvance(usual.advance()))
        .isEqualTo(usual);
  }

  @Test
  @DisplayName("With pod-seconds a margin below 2 is 2; with requests it is what was asked for")
  void podSecondsMargin() {
    var requests = Scene.policy(ExposureKind.REQUESTS, OnInconclusive.HOLD);
    var podSeconds = Scene.policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD);
    assertThat(requests.ratioMargin(new Margin(1.5, 0))).isEqualTo(1.5);
    assertThat(podSeconds.ratioMargin(new Margin(1.5, 0))).isEqualTo(2);
    assertThat(podSeconds.ratioMargin(new Margin(2.5, 0))).isEqualTo(2.5);
  }
}
