package dev.serin.judge;

import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Charge.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the same evidence amounts to under one threshold and another.
class ChargeTest {

  /// Errors of a novel signature on the pods of the canary, in each of ten windows.
  private static Hypotheses after(long... canary) {
    return judged(policy(), IntStream.range(0, 10).mapToObj(k -> window(k,
        IntStream.range(0, canary.length)
            .mapToObj(p -> pod("c" + p, 100, canary[p], Map.of(NOT_FOUND, canary[p]))).toList(),
        IntStream.range(0, 9).mapToObj(p -> pod("b" + p, 100, 0, Map.of())).toList(), true)).toList())
        .evidence().hypotheses();
  }

  @Test
  @DisplayName("Evidence that just reaches the threshold is enough, a little less is weak")
  void threshold() {
    var single = after(1);
    assertThat(Charge.of(single, single.logG(), null).standing()).isEqualTo(Standing.SINGLE_POD);
    assertThat(Charge.of(single, Math.nextUp(single.logG()), null).standing()).isEqualTo(Standing.WEAK);
  }

  @Test
  @DisplayName("Of several pods none is the only bad one if the evidence without it just reaches the threshold")
  void withoutOne() {
    var two = after(1, 2);
    double least = two.logGwithout(1);
    assertThat(least).isLessThan(two.logG());
    assertThat(Charge.of(two, least, null).standing()).isEqualTo(Standing.GUILTY);
    assertThat(Charge.of(two, least, null).badPods()).isEmpty();
    var oneBad = Charge.of(two, Math.nextUp(least), null);
    assertThat(oneBad.standing()).isEqualTo(Standing.ONE_BAD_POD);
    assertThat(oneBad.badPods()).isEqualTo(List.of("c1"));
    assertThat(oneBad.strength().logLopo()).isEqualTo(least);
    assertThat(oneBad.strength().logThreshold()).isEqualTo(Math.nextUp(least));
  }
}
