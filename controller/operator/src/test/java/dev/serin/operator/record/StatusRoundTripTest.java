package dev.serin.operator.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.Weight;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.StableRevision;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusRoundTripTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");
  private static final StableRevision STABLE = new StableRevision(new Revision("aaaaaaaaaa"), NOON.minusSeconds(99));
  private static final Candidate CANDIDATE = new Candidate(new Revision("bbbbbbbbbb"), NOON.minusSeconds(9));
  private static final Attempt OPEN = new Attempt.Open(
      List.of(new PlannedStep(new Weight(100_000), Duration.ofMinutes(2), Duration.ofMinutes(30), false),
          new PlannedStep(new Weight(500_000), Duration.ofMinutes(2), Duration.ofMinutes(30), true)),
      new Attempt.Stay(Reason.Collecting, ""));
  private static final Report REPORT = new Report(Report.Kind.RECONCILING, Reason.Collecting, "Collecting.");

  static Stream<RolloutState> states() {
    return Stream.of(new RolloutState.Adopting(), new RolloutState.Idle(STABLE),
        new RolloutState.Starting(STABLE, CANDIDATE), new RolloutState.Raising(STABLE, CANDIDATE, 1, NOON),
        new RolloutState.Stepping(STABLE, CANDIDATE, 1, NOON), new RolloutState.Promoting(STABLE, CANDIDATE, NOON, 5),
        new RolloutState.Restoring(STABLE, CANDIDATE, NOON, 6, null),
        new RolloutState.Restoring(STABLE, CANDIDATE, NOON, 6, new Revision("dddddddddd")),
        new RolloutState.Vetoed(STABLE, CANDIDATE),
        new RolloutState.Overridden(STABLE, CANDIDATE));
  }

  @Test
  @DisplayName("The round trip covers every state there is")
  void everyState() {
    var concrete = Arrays.stream(RolloutState.class.getDeclaredClasses()).filter(Class::isRecord).toList();
    assertThat(states().map(Object::getClass)).hasSameElementsAs(concrete);
  }

  @ParameterizedTest
  @MethodSource("states")
  @DisplayName("What is recorded reads back as itself, through JSON")
  void roundTrip(RolloutState state) {
    var record = new RolloutRecord(7, "uid-1",
        List.of(new Veto(new Revision("cccccccccc"), Reason.CrashLoop, "3 restarts", NOON)), List.of(STABLE),
        new Requests("bbbbbbbbbb/1", "cccccccccc"), state);
    var serialization = new KubernetesSerialization();
    var rollout = new Rollout();
    rollout.setStatus(writing().status(RolloutStatus.EMPTY, record, REPORT));
    var read = serialization.unmarshal(serialization.asJson(rollout), Rollout.class);
    assertThat(StatusReading.record(read.getStatus())).isEqualTo(record);
  }

  @Test
  @DisplayName("A step shows its place, share and pods")
  void display() {
    var status = writing().status(RolloutStatus.EMPTY,
        new RolloutRecord(7, "", List.of(), List.of(), Requests.NONE,
            new RolloutState.Stepping(STABLE, CANDIDATE, 1, NOON)),
        REPORT);
    assertThat(status.steps()).isEqualTo(new RolloutStatus.Steps(1, 2, "50%", 3, null, NOON, "2/2"));
  }

  @Test
  @DisplayName("Exactly one kstatus condition is true; its time moves only when it changes")
  void conditions() {
    var record = RolloutRecord.initial();
    var first = writing().status(RolloutStatus.EMPTY, record, REPORT);
    assertThat(first.conditions()).extracting(Condition::getType, Condition::getStatus).containsExactly(
        org.assertj.core.groups.Tuple.tuple("Ready", "False"),
        org.assertj.core.groups.Tuple.tuple("Reconciling", "True"),
        org.assertj.core.groups.Tuple.tuple("Stalled", "False"));
    var later = new StatusWriting(2, 3, OPEN, null, Map.of(), null, NOON.plusSeconds(60));
    assertThat(later.status(first, record, REPORT).conditions()).extracting(Condition::getLastTransitionTime)
        .containsOnly("2026-11-24T12:00:00Z");
    var ready = later.status(first, record, new Report(Report.Kind.READY, Reason.Stable, "Stable."));
    assertThat(ready.conditions()).extracting(Condition::getLastTransitionTime)
        .containsExactly("2026-11-24T12:01:00Z", "2026-11-24T12:01:00Z", "2026-11-24T12:00:00Z");
  }

  @Test
  @DisplayName("A suspect model is a condition for as long as the candidate is there; its time stays, a failed look keeps it")
  void suspectModel() {
    var stepping = recorded(new RolloutState.Stepping(STABLE, CANDIDATE, 1, NOON));
    assertThat(suspicion(writing().status(RolloutStatus.EMPTY, stepping, REPORT))).isEmpty();

    var first = judging("Pods differ.", NOON).status(RolloutStatus.EMPTY, stepping, REPORT);
    assertThat(suspicion(first)).singleElement().satisfies(condition -> {
      assertThat(condition.getStatus()).isEqualTo("True");
      assertThat(condition.getReason()).isEqualTo("StablePodsDiffer");
      assertThat(condition.getMessage()).isEqualTo("Pods differ.");
      assertThat(condition.getObservedGeneration()).isEqualTo(2);
    });
    var later = judging("Pods differ.", NOON.plusSeconds(60));
    assertThat(suspicion(later.status(first, stepping, REPORT))).isEqualTo(suspicion(first));
    assertThat(suspicion(StatusWriting.failing(first, REPORT, NOON.plusSeconds(60)))).isEqualTo(suspicion(first));
    assertThat(suspicion(judging(null, NOON).status(first, stepping, REPORT))).isEmpty();
    assertThat(suspicion(later.status(first, record(STABLE), REPORT))).isEmpty();
  }

  private static List<Condition> suspicion(RolloutStatus status) {
    return status.conditions().stream().filter(one -> "EvidenceModelSuspect".equals(one.getType())).toList();
  }

  private static StatusWriting judging(@Nullable String modelSuspect, Instant now) {
    var analysis = new Analysis();
    analysis.setStatus(new AnalysisStatus(1L, null, null, null, null, List.of(), List.of(), null, modelSuspect));
    return new StatusWriting(2, 3, OPEN, new AnalysisSight(analysis), Map.of(), null, now);
  }

  @Test
  @DisplayName("Stable's image is shown, and stays when its template is gone from the cluster; another stable has its own or none")
  void stableImage() {
    var idle = record(STABLE);
    var first = writing().status(RolloutStatus.EMPTY, idle, REPORT);
    assertThat(first.stableImage()).isEqualTo("shop:v1");
    var blind = new StatusWriting(2, 3, OPEN, null, Map.of(), null, NOON);
    assertThat(blind.status(first, idle, REPORT).stableImage()).isEqualTo("shop:v1");
    assertThat(blind.status(first, record(new StableRevision(CANDIDATE.revision(), NOON)), REPORT).stableImage())
        .isNull();
  }

  private static RolloutRecord record(StableRevision stable) {
    return new RolloutRecord(7, "", List.of(), List.of(), Requests.NONE, new RolloutState.Idle(stable));
  }

  @Test
  @DisplayName("A damaged status reads as a state with less exposure, never more")
  void damaged() {
    var serialization = new KubernetesSerialization();
    var read = serialization.unmarshal("""
        {"apiVersion": "serin.dev/v1alpha1", "kind": "Rollout", "status": {
          "stable": {"revision": "aaaaaaaaaa"},
          "candidate": {"revision": "bbbbbbbbbb", "state": "Promoting"}}}""", Rollout.class);
    assertThat(StatusReading.record(read.getStatus()).state()).isInstanceOf(RolloutState.Starting.class);
  }

  @Test
  @DisplayName("A step beyond the plan reads as a trial that begins; one within it stays what it is")
  void beyondThePlan() {
    for (RolloutState state : List.of(new RolloutState.Raising(STABLE, CANDIDATE, 2, NOON),
        new RolloutState.Stepping(STABLE, CANDIDATE, 19, NOON),
        new RolloutState.Stepping(STABLE, CANDIDATE, -1, NOON))) {
      assertThat(StatusReading.within(OPEN, recorded(state)))
          .isEqualTo(recorded(new RolloutState.Starting(STABLE, CANDIDATE)));
    }
    assertThat(states()).allSatisfy(
        state -> assertThat(StatusReading.within(OPEN, recorded(state))).isEqualTo(recorded(state)));
    var unopened = recorded(new RolloutState.Stepping(STABLE, CANDIDATE, 19, NOON));
    assertThat(StatusReading.within(new Attempt.Unopened(), unopened)).isEqualTo(unopened);
  }

  private static RolloutRecord recorded(RolloutState state) {
    return new RolloutRecord(7, "uid-1", List.of(), List.of(), Requests.NONE, state);
  }

  private static StatusWriting writing() {
    return new StatusWriting(2, 3, OPEN, null, Map.of(STABLE.revision(), "shop:v1"), null, NOON);
  }
}
