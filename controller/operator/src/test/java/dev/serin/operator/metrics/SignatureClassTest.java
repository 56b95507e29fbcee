package dev.serin.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Severity;
import dev.serin.judge.Watched;
import dev.serin.judge.Window;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignatureClassTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Policy POLICY = policy();

  @Test
  @DisplayName("Before the first window only the known signatures are under test; sums over signatures are none")
  void countsKnown() {
    assertThat(SignatureClass.counts(Evidence.initial(POLICY).signatures()))
        .isEqualTo(Map.of(SignatureClass.KNOWN, 2));
  }

  @Test
  @DisplayName("A signature of either arm that the policy does not know is novel")
  void countsNovel() {
    assertThat(SignatureClass.counts(afterSignatures("known-1", "canary-only", "other")))
        .isEqualTo(Map.of(SignatureClass.KNOWN, 2, SignatureClass.NOVEL, 2));
  }

  @Test
  @DisplayName("Signatures beyond those that are judged apart are one, folded")
  void countsFolded() {
    String[] many = IntStream.range(0, 1_000).mapToObj(i -> "novel-" + i).toArray(String[]::new);

    assertThat(SignatureClass.counts(afterSignatures(many)))
        .isEqualTo(Map.of(SignatureClass.KNOWN, 2, SignatureClass.NOVEL, Policy.MAX_TRACKED - 2,
            SignatureClass.FOLDED, 1));
  }

  /// Evidence after a window in which these occurred on the canary.
  private static List<Evidence.SignatureEvidence> afterSignatures(String... signatures) {
    var events = new TreeMap<SignatureId, Long>();
    for (String signature : signatures) {
      events.put(new SignatureId(signature), 1L);
    }
    var window = new Window(1, Instant.EPOCH.plus(WINDOW), WINDOW,
        List.of(new PodCounts("canary-1", 5_000, signatures.length, events)),
        List.of(new PodCounts("stable-1", 5_000, 0, new TreeMap<>())), true);
    return Judge.judge(Evidence.initial(POLICY), window, POLICY).evidence().signatures();
  }

  private static Policy policy() {
    var known = new TreeMap<SignatureId, Watched>();
    known.put(new SignatureId("known-1"), Watched.SEEN);
    known.put(new SignatureId("named-1"), new Watched(Severity.CRITICAL, Policy.Margin.NONE, false));
    return Policy.of(0.01, known).withCadence(new Policy.Cadence(WINDOW, Duration.ZERO, Duration.ZERO));
  }
}
