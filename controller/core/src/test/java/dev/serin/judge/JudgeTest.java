package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.STEP;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.begun;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.timeouts;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.judge.Verdict.HoldReason;
import dev.serin.judge.Verdict.RollBackReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static List<Window> windows(int count, LongFunction<Window> window) {
    return LongStream.range(0, count).mapToObj(window).toList();
  }

  private static Window unwatched(long sequence) {
    return window(sequence, List.of(pod("c", 100, 0, Map.of())), List.of(pod("b", 900, 9, Map.of())), false);
  }

  @Nested
  class RollBack {

    @Test
    @DisplayName("A novel signature on the canary alone rolls back, and is the first suspect with its counts")
    void novelSignature() {
      var judgement = judged(policy(), windows(12,
          k -> window(k, pod("c", 100, 3, Map.of(NOT_FOUND, 3L)), pod("b", 900, 9, Map.of(TIMEOUT, 9L)))));

      assertThat(judgement.verdict()).isInstanceOfSatisfying(Verdict.RollBack.class, verdict -> {
        assertThat(verdict.reason()).as("one pod: a bad node would look the same").isEqualTo(RollBackReason.SINGLE_POD);
        assertThat(verdict.blamed()).contains(NOT_FOUND);
        assertThat(verdict.strength().logG()).isGreaterThanOrEqualTo(verdict.strength().logThreshold());
        assertThat(verdict.strength().logThreshold()).isCloseTo(Math.log(125), within(1e-12));
        var suspect = verdict.suspects().getFirst();
        assertThat(suspect.signature()).isEqualTo(NOT_FOUND);
        assertThat(suspect.canaryEvents()).isEqualTo(36);
        assertThat(suspect.canaryExposure()).isEqualTo(1200);
        assertThat(suspect.baselineEvents()).isZero();
        assertThat(suspect.baselineExposure()).isEqualTo(10_800);
        assertThat(suspect.rateRatio()).isInfinite();
        assertThat(suspect.share()).isBetween(0.5, 1.0);
      });
    }

    @Test
    @DisplayName("A known signature at five times stable's rate rolls back; the rate ratio says five")
    void knownSignature() {
      var verdict = judged(policy(), windows(80, k -> timeouts(k, 5, 9))).verdict();

      assertThat(verdict).isInstanceOfSatisfying(Verdict.RollBack.class, rollBack -> {
        assertThat(rollBack.suspects().getFirst().signature()).isEqualTo(TIMEOUT);
        assertThat(rollBack.suspects().getFirst().rateRatio()).isCloseTo(5, within(1e-9));
      });
    }

    @Test
    @DisplayName("A change of the weight does not bias the rate ratio")
    void rateRatioIsStratified() {
      // The same rates in both arms, but ten times the errors while the canary is small.
      var judgement = judged(policy(), List.of(
          window(0, pod("c", 100, 10, Map.of(TIMEOUT, 10L)), pod("b", 900, 90, Map.of(TIMEOUT, 90L))),
          window(1, pod("c", 900, 9, Map.of(TIMEOUT, 9L)), pod("b", 100, 1, Map.of(TIMEOUT, 1L)))));

      assertThat(judgement.evidence().signatures()).filteredOn(s -> s.observed().signature().equals(TIMEOUT))
          .singleElement().satisfies(s -> assertThat(s.observed().rateRatio()).isCloseTo(1, within(1e-12)));
    }

    @Test
    @DisplayName("Two events above the margin are never enough, however telling they are")
    void excessFloor() {
      // At a weight of 0.1 % one canary event of a novel signature is worth almost 7 nats.
      LongFunction<Window> rare = k -> window(k, pod("c", 10, 1, Map.of(NOT_FOUND, 1L)),
          pod("b", 9990, 0, Map.of()));
      var two = judged(policy(), windows(2, rare));
      var three = judged(policy(), windows(3, rare));

      assertThat(two.evidence().logG()).isGreaterThan(policy().logThreshold());
      assertThat(two.verdict()).isInstanceOfSatisfying(Verdict.Hold.class,
          hold -> assertThat(hold.reason()).isEqualTo(HoldReason.SUSPICIOUS));
      assertThat(three.verdict()).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    @DisplayName("Errors inside a signature's margin do not roll back")
    void tolerated() {
      var tolerant = policy(
          Map.of(TIMEOUT, new Watched(Severity.CRITICAL, new Policy.Margin(6, 0), true), NOT_FOUND, Watched.SEEN));
      // The total errors have a margin of their own: here they stay equal.
      var judgement = judged(tolerant, windows(200,
          k -> window(k, pod("c", 100, 5, Map.of(TIMEOUT, 5L)), pod("b", 900, 45, Map.of(TIMEOUT, 9L)))));

      assertThat(judgement.verdict()).isInstanceOf(Verdict.Advance.class);
    }

    @Test
    @DisplayName("With pod-seconds less than twice the rate is tolerated, more is not")
    void podSecondsMargin() {
      var policy = policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD);
      LongFunction<Window> almostTwice = k -> window(k, pod("c", 10, 19, Map.of(TIMEOUT, 19L)),
          pod("b", 90, 90, Map.of(TIMEOUT, 90L)));
      LongFunction<Window> tenfold = k -> window(k, pod("c", 10, 100, Map.of(TIMEOUT, 100L)),
          pod("b", 90, 90, Map.of(TIMEOUT, 90L)));

      assertThat(judged(policy, windows(150, almostTwice)).verdict()).isInstanceOf(Verdict.Advance.class);
      assertThat(judged(policy, windows(150, tenfold)).verdict()).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    @DisplayName("Twenty canary requests in a row that all fail roll back at once")
    void allRequestsFail() {
      var verdict = judged(policy(), windows(4, k -> window(k, pod("c", 5, 5, Map.of()), pod("b", 95, 1, Map.of()))))
          .verdict();

      assertThat(verdict).isInstanceOfSatisfying(Verdict.RollBack.class, rollBack -> {
        assertThat(rollBack.reason()).isEqualTo(RollBackReason.ALL_REQUESTS_FAIL);
        var total = rollBack.suspects().getFirst();
        assertThat(total.signature()).isEqualTo(Evidence.TOTAL_ERRORS);
        assertThat(total.canaryEvents()).isEqualTo(20);
        assertThat(total.baselineEvents()).isEqualTo(4);
        assertThat(total.baselineExposure()).isEqualTo(380);
      });
    }

    @Test
    @DisplayName("One success, 19 requests, or a stable that fails half the time keep the 100 % guard shut")
    void allRequestsFailExceptions() {
      assertThat(judged(policy(), windows(3, k -> window(k, pod("c", 5, 5, Map.of()), pod("b", 95, 1, Map.of()))))
          .verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(4, k -> window(k, pod("c", 5, k == 1 ? 4 : 5, Map.of()),
          pod("b", 95, 1, Map.of())))).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(4, k -> window(k, pod("c", 5, 5, Map.of()), pod("b", 96, 48, Map.of()))))
          .verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD),
          windows(4, k -> window(k, pod("c", 10, 10, Map.of()), pod("b", 95, 1, Map.of())))).verdict())
          .as("pod-seconds are not requests").isInstanceOf(Verdict.Hold.class);
    }

    @Test
    @DisplayName("An incomplete window may repeat a roll back, since the evidence stands")
    void incompleteMayStop() {
      var bad = judged(policy(), windows(40, k -> timeouts(k, 9, 9)));
      assertThat(bad.verdict()).isInstanceOf(Verdict.RollBack.class);
      assertThat(Judge.judge(bad.evidence(), unwatched(40), policy()).verdict()).isInstanceOf(Verdict.RollBack.class);
    }
  }

  @Nested
  class NoData {

    @Test
    @DisplayName("Six windows in which only stable has requests are NoData, not health")
    void silentCanary() {
      LongFunction<Window> silent = k -> window(k, pod("c", 0, 0, Map.of()), pod("b", 900, 9, Map.of()));

      assertThat(judged(policy(), windows(5, silent)).verdict()).isInstanceOfSatisfying(Verdict.Hold.class,
          hold -> assertThat(hold.reason()).isEqualTo(HoldReason.IDLE));
      assertThat(judged(policy(), windows(6, silent)).verdict())
          .isEqualTo(new Verdict.NoData(Arm.CANARY, 6, 5400));
      assertThat(judged(policy(), windows(200, silent)).verdict()).as("long after maxDuration")
          .isInstanceOf(Verdict.NoData.class);
    }

    @Test
    @DisplayName("A silent stable is NoData too")
    void silentBaseline() {
      LongFunction<Window> silent = k -> window(k, pod("c", 100, 0, Map.of()), pod("b", 0, 0, Map.of()));
      assertThat(judged(policy(), windows(6, silent)).verdict()).isEqualTo(new Verdict.NoData(Arm.BASELINE, 6, 600));
    }

    @Test
    @DisplayName("One canary request ends the silence; no ready canary pod is not silence")
    void silenceEnds() {
      LongFunction<Window> broken = k -> window(k, pod("c", k == 3 ? 1 : 0, 0, Map.of()), pod("b", 900, 9, Map.of()));
      LongFunction<Window> podless = k -> window(k, List.of(), List.of(pod("b", 900, 9, Map.of())), true);

      assertThat(judged(policy(), windows(9, broken)).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(9, podless)).verdict()).isInstanceOf(Verdict.Hold.class);
    }
  }

  @Nested
  class Advance {

    @Test
    @DisplayName("After minDuration, minRequests and eight expected errors a good canary advances")
    void advances() {
      // 100 canary requests and one expected error per window: 12 windows are two minutes.
      assertThat(judged(policy(), windows(11, k -> timeouts(k, 1, 9))).verdict())
          .isInstanceOfSatisfying(Verdict.Hold.class, hold -> {
            assertThat(hold.reason()).isEqualTo(HoldReason.COLLECTING);
            assertThat(hold.progress().elapsed()).isEqualTo(Duration.ofSeconds(110));
            assertThat(hold.progress().canaryExposure()).isEqualTo(1100);
            assertThat(hold.progress().expectedEvents()).isCloseTo(11, within(1e-9));
          });
      assertThat(judged(policy(), windows(12, k -> timeouts(k, 1, 9))).verdict()).isInstanceOf(Verdict.Advance.class);
    }

    @Test
    @DisplayName("minRequests is counted on the canary since the step began")
    void minRequests() {
      LongFunction<Window> busy = k -> window(k, pod("c", 40, 4, Map.of(TIMEOUT, 4L)),
          pod("b", 360, 36, Map.of(TIMEOUT, 36L)));
      assertThat(judged(policy(), windows(12, busy)).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(13, busy)).verdict()).isInstanceOf(Verdict.Advance.class);
    }

    @Test
    @DisplayName("Without any error 4,000 canary requests are enough, 3,900 are not")
    void faultless() {
      LongFunction<Window> faultless = k -> window(k, pod("c", 100, 0, Map.of()), pod("b", 900, 0, Map.of()));
      assertThat(judged(policy(), windows(39, faultless)).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(40, faultless)).verdict()).isInstanceOf(Verdict.Advance.class);
    }

    @Test
    @DisplayName("With pod-seconds 600 of them are enough, and minRequests does not apply")
    void podSeconds() {
      LongFunction<Window> quiet = k -> window(k, pod("c", 10, 0, Map.of()), pod("b", 90, 0, Map.of()));
      var policy = policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD);
      assertThat(judged(policy, windows(59, quiet)).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy, windows(60, quiet)).verdict()).isInstanceOf(Verdict.Advance.class);
    }

    @Test
    @DisplayName("An incomplete or idle window never advances, and an incomplete one counts no exposure")
    void neverOnIncomplete() {
      var ready = judged(policy(), windows(12, k -> timeouts(k, 1, 9))).evidence();
      var idle = window(12, pod("c", 0, 0, Map.of()), pod("b", 900, 9, Map.of()));

      var judgement = Judge.judge(ready, unwatched(12), policy());
      assertThat(judgement.verdict()).isInstanceOfSatisfying(Verdict.Hold.class,
          hold -> assertThat(hold.reason()).isEqualTo(HoldReason.INCOMPLETE_WINDOW));
      assertThat(judgement.evidence().exposure(Arm.CANARY)).isEqualTo(1200);
      assertThat(judgement.evidence().lastSequence()).isEqualTo(12);
      assertThat(Judge.judge(ready, idle, policy()).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(policy(), windows(300, JudgeTest::unwatched)).verdict())
          .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    @DisplayName("While the evidence is against the canary, the step does not advance")
    void suspicious() {
      assertThat(judged(policy(), windows(12, k -> timeouts(k, 5, 9))).verdict())
          .isInstanceOfSatisfying(Verdict.Hold.class,
              hold -> assertThat(hold.reason()).isEqualTo(HoldReason.SUSPICIOUS));
    }

    @Test
    @DisplayName("A new step starts its counts at zero and keeps the evidence; starting it twice changes nothing")
    void nextStep() {
      var first = judged(policy(), windows(12, k -> timeouts(k, 1, 9))).evidence();
      var step = new Step(1, NOON.plusSeconds(120), Duration.ofMinutes(2), Duration.ofMinutes(30));
      var second = Judge.judge(first.startStep(step), timeouts(12, 1, 9), policy());

      assertThat(second.verdict()).isInstanceOfSatisfying(Verdict.Hold.class, hold -> {
        assertThat(hold.progress().elapsed()).isEqualTo(LENGTH);
        assertThat(hold.progress().canaryExposure()).isEqualTo(100);
      });
      assertThat(second.evidence().exposure(Arm.CANARY)).isEqualTo(1300);
      assertThat(second.evidence().startStep(step).snapshot()).isEqualTo(second.evidence().snapshot());
      assertThat(second.evidence().step()).contains(step);
    }

    @Test
    @DisplayName("A window that began before the step is evidence, but not exposure of the step")
    void windowBeforeTheStep() {
      var late = Evidence.initial(policy())
          .startStep(new Step(0, NOON.plusSeconds(5), Duration.ZERO, Duration.ofMinutes(1)));
      var judgement = Judge.judge(late, timeouts(0, 1, 9), policy());

      assertThat(judgement.evidence().windows()).isEqualTo(1);
      assertThat(((Verdict.Hold) judgement.verdict()).progress().canaryExposure()).isZero();
    }

    @Test
    @DisplayName("Before the first step nothing advances")
    void noStep() {
      var evidence = Evidence.initial(policy());
      for (var window : windows(100, k -> timeouts(k, 1, 9))) {
        var judgement = Judge.judge(evidence, window, policy());
        assertThat(judgement.verdict()).isInstanceOf(Verdict.Hold.class);
        evidence = judgement.evidence();
      }
    }
  }

  @Nested
  class Inconclusive {

    private static Window rareTraffic(long sequence) {
      return window(sequence, pod("c", 1, 0, Map.of()), pod("b", 9, 0, Map.of()));
    }

    @Test
    @DisplayName("At maxDuration without a verdict the policy decides")
    void policyDecides() {
      var rollBack = policy(ExposureKind.REQUESTS, OnInconclusive.ROLL_BACK);
      assertThat(judged(rollBack, windows(179, Inconclusive::rareTraffic)).verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(judged(rollBack, windows(180, Inconclusive::rareTraffic)).verdict())
          .isInstanceOfSatisfying(Verdict.Inconclusive.class,
              verdict -> assertThat(verdict.then()).isEqualTo(OnInconclusive.ROLL_BACK));
    }

    @Test
    @DisplayName("Promote is only obeyed on complete evidence with minRequests")
    void promoteNeedsEvidence() {
      var promote = policy(ExposureKind.REQUESTS, OnInconclusive.PROMOTE);
      LongFunction<Window> slow = k -> window(k, pod("c", 3, 0, Map.of()), pod("b", 27, 0, Map.of()));
      var enough = judged(promote, windows(180, slow));

      assertThat(judged(promote, windows(180, Inconclusive::rareTraffic)).verdict())
          .isInstanceOfSatisfying(Verdict.Inconclusive.class,
              verdict -> assertThat(verdict.then()).as("180 of 500 requests").isEqualTo(OnInconclusive.HOLD));
      assertThat(enough.verdict()).isInstanceOfSatisfying(Verdict.Inconclusive.class,
          verdict -> assertThat(verdict.then()).isEqualTo(OnInconclusive.PROMOTE));
      assertThat(Judge.judge(enough.evidence(), unwatched(180), promote).verdict())
          .isInstanceOfSatisfying(Verdict.Inconclusive.class,
              verdict -> assertThat(verdict.then()).as("incomplete").isEqualTo(OnInconclusive.HOLD));
    }
  }

  @Nested
  class Input {

    @Test
    @DisplayName("A window judged before changes no bit; the last one gives its verdict again, older ones hold")
    void idempotent() {
      var judgement = judged(policy(), windows(12, k -> timeouts(k, 1, 9)));
      var again = Judge.judge(judgement.evidence(), timeouts(11, 1, 9), policy());
      var older = Judge.judge(judgement.evidence(), timeouts(3, 50, 0), policy());

      assertThat(again.evidence().snapshot()).isEqualTo(judgement.evidence().snapshot());
      assertThat(again.verdict()).isEqualTo(judgement.verdict());
      assertThat(older.evidence().snapshot()).isEqualTo(judgement.evidence().snapshot());
      assertThat(older.verdict()).isInstanceOfSatisfying(Verdict.Hold.class,
          hold -> assertThat(hold.reason()).isEqualTo(HoldReason.ALREADY_JUDGED));
    }

    @Test
    @DisplayName("Another policy, or a window of another length, is refused")
    void refusesForeign() {
      var other = policy(ExposureKind.REQUESTS, OnInconclusive.PROMOTE);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Judge.judge(begun(policy()), timeouts(0, 1, 9), other)).withMessageContaining("policy")
          .withMessageContaining(other.configHash());
      var minute = new Window(0, NOON, Duration.ofMinutes(1), List.of(), List.of(), true);
      assertThatIllegalArgumentException().isThrownBy(() -> Judge.judge(begun(policy()), minute, policy()))
          .withMessageContaining("PT10S").withMessageContaining("PT1M");
      assertThat(begun(policy()).step()).contains(STEP);
    }
  }
}
