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
}
