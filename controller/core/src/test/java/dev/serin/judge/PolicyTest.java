package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyTest {

  private static final Watched SEEN = new Watched(Severity.NORMAL, 1, true);

  private static Policy policy(double alpha, long minRequests, Map<SignatureId, Watched> known, Duration window) {
    return new Policy(alpha, 1, ExposureKind.REQUESTS, minRequests, OnInconclusive.HOLD, known(known), window);
  }

  @Test
  @DisplayName("The configuration hash is the same for equal policies and differs for every change")
  void configHash() {
    var base = policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH);
    assertThat(base.configHash()).matches("[0-9a-f]{32}")
        .isEqualTo(policy(0.01, 500, Map.of(TIMEOUT, SEEN), LENGTH).configHash());
    var changed = Stream.of(policy(0.02, 500, Map.of(TIMEOUT, SEEN), LENGTH),
        policy(0.01, 501, Map.of(TIMEOUT, SEEN), LENGTH), policy(0.01, 500, Map.of(), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.CRITICAL, 1, true)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.NORMAL, 1.2, true)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, new Watched(Severity.NORMAL, 1, false)), LENGTH),
        policy(0.01, 500, Map.of(TIMEOUT, SEEN), Duration.ofSeconds(11)),
        new Policy(0.01, 1.5, ExposureKind.REQUESTS, 500, OnInconclusive.HOLD, base.known(), LENGTH),
        new Policy(0.01, 1, ExposureKind.POD_SECONDS, 500, OnInconclusive.HOLD, base.known(), LENGTH),
        new Policy(0.01, 1, ExposureKind.REQUESTS, 500, OnInconclusive.PROMOTE, base.known(), LENGTH), base)
        .map(Policy::configHash);
    assertThat(changed).doesNotHaveDuplicates().hasSize(11);
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
    assertThatIllegalArgumentException().isThrownBy(() -> new Watched(Severity.NORMAL, 0.5, true))
        .withMessageContaining("0.5");
    var many = new TreeMap<SignatureId, Watched>();
    for (int i = 0; i <= Policy.MAX_KNOWN; i++) {
      many.put(new SignatureId("s1-" + i), SEEN);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> policy(0.01, 500, many, LENGTH)).withMessageContaining("151");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step(0, Scene.NOON, Duration.ofMinutes(3), Duration.ofMinutes(2)))
        .withMessageContaining("PT2M").withMessageContaining("PT3M");
  }
}
