package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.RecordRules;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.tenant.TenantKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateRecorderTest {

  private static final Owner CANARY = new Owner("canary", "uid-1", "app", 0);
  private static final Owner BASELINE = new Owner("baseline", "uid-2", "app", 0);
  private static final TenantKey TENANTS = new TenantKey(new byte[16]);
  private static final SipHash LINES = SipHash.fast(1, 2);

  private final StateRecorder recorder = recorder(SignatureState.empty("key-1"));

  @Test
  @DisplayName("Each record counts for its owner: position, cursor, signature, time, tenant, pod and sample")
  void counts() {
    record(recorder, CANARY, 1_000, "ERROR lost 7 tenant=globex");
    record(recorder, CANARY, 3_000, "ERROR lost 8 tenant=globex");
    record(recorder, CANARY, 2_000, "INFO fine");
    recorder.gap(BASELINE, new OwnerCounts.Gap(1, 2));
    var state = recorder.state();
    var counted = counted(state, CANARY);
    var atom = state.atoms().firstEntry().getValue();

    assertThat(counted.position()).isEqualTo(3);
    assertThat(counted.cursor()).isEqualTo(new OwnerCounts.Cursor(2_000, 0, 0));
    assertThat(counted.counts().values()).containsExactly(2L);
    assertThat(counted.topTenants()).singleElement().satisfies(top -> {
      assertThat(top.value()).isEqualTo(TENANTS.tenant("globex").hash());
      assertThat(top.count()).isEqualTo(2);
    });
    assertThat(state.atoms()).hasSize(1);
    assertThat(atom.firstSeen()).isEqualTo(1_000);
    assertThat(atom.lastSeen()).isEqualTo(3_000);
    assertThat(atom.tenants().estimate()).isOne();
    assertThat(Long.bitCount(atom.podBits())).isOne();
    assertThat(atom.samples().get("canary")).extracting(Sample::text).hasSize(2)
        .allMatch(text -> text.startsWith("lost <num:1>"));
    assertThat(counted(state, BASELINE).gaps()).containsExactly(new OwnerCounts.Gap(1, 2));
    assertThat(counted(state, BASELINE).position()).isOne();
  }

  @Test
  @DisplayName("The three lines with the smallest hashes are samples of an arm, each once, whatever order they come in")
  void samples() {
    for (int i = 0; i < 20; i++) {
      record(recorder, CANARY, i, "ERROR lost " + i);
      record(recorder, CANARY, i, "ERROR lost " + i);
    }
    var backwards = recorder(SignatureState.empty("key-1"));
    for (int i = 19; i >= 0; i--) {
      record(backwards, CANARY, i, "ERROR lost " + i);
    }

    assertThat(samples(recorder)).hasSize(3).isSorted().isEqualTo(samples(backwards));
  }

  @Test
  @DisplayName("The last window that closed counts, and a recorder goes on from the state that it is given")
  void goesOn() {
    recorder.closed(7);
    recorder.closed(5);
    recorder.gap(CANARY, new OwnerCounts.Gap(1, 2));
    record(recorder, CANARY, 1, "ERROR lost tenant=globex");
    var later = recorder(recorder.state());

    assertThat(later.state()).isEqualTo(recorder.state());
    later.closed(6);
    record(later, CANARY, 2, "ERROR lost tenant=globex");
    assertThat(later.state().windowSeq()).isEqualTo(7);
    assertThat(counted(later.state(), CANARY).position()).isEqualTo(3);
    assertThat(counted(later.state(), CANARY).counts().values()).containsExactly(2L);
    assertThat(counted(later.state(), CANARY).topTenants()).singleElement().extracting(top -> top.count())
        .isEqualTo(2L);
  }

  @Test
  @DisplayName("States of two arms merge to one that tells the arms' totals apart, and the later window stays")
  void merges() {
    var other = recorder(SignatureState.empty("key-1"));
    record(recorder, CANARY, 1, "ERROR lost");
    record(other, BASELINE, 2, "ERROR lost");
    record(other, BASELINE, 3, "ERROR lost");
    recorder.closed(7);
    other.closed(9);
    var merged = recorder.state().merge(other.state());

    assertThat(merged.totals("canary").values()).containsExactly(1L);
    assertThat(merged.totals("baseline").values()).containsExactly(2L);
    assertThat(merged.totals("other")).isEmpty();
    assertThat(merged.windowSeq()).isEqualTo(9);
    assertThat(SignatureState.parse(merged.json())).isEqualTo(merged);
  }

  @Test
  @DisplayName("A stored state without a part of it is refused, and says what is wrong")
  void refusesIncomplete() {
    record(recorder, CANARY, 1, "ERROR lost");
    var json = recorder.state().json();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"owner\":[\"canary\",", "\"owner\":[")))
        .withMessage("a stored state has 0 in place of a text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"cursor\":[1,0,", "\"cursor\":[1,9999999999,")))
        .withMessage("a stored state is incomplete: integer overflow");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"counts\":{\"0\":1}", "\"counts\":{\"1\":1}")))
        .withMessageStartingWith("a stored state is incomplete: Index");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"gaps\":[]", "\"gaps\":{}")))
        .withMessage("a stored state has {} in place of a list");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"samples\":{", "\"samples\":7,\"x\":{")))
        .withMessage("a stored state has 7 in place of an object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureState.parse(json.replace("\"keyId\":\"key-1\"", "\"keyId\":7")))
        .withMessage("a stored state has 7 in place of a text");
  }

  private static OwnerCounts counted(SignatureState state, Owner owner) {
    return Objects.requireNonNull(state.owners().get(owner));
  }

  private static List<Sample> samples(StateRecorder recorder) {
    return recorder.state().atoms().firstEntry().getValue().samples().getOrDefault("canary", List.of());
  }

  private static StateRecorder recorder(SignatureState start) {
    return new StateRecorder(start, new RecordRules(List.of(), Optional.empty()), TENANTS, LINES);
  }

  private static void record(StateRecorder recorder, Owner owner, long milliseconds, String line) {
    var assembler = new RecordAssembler();
    assembler.accept(new LogLine(Instant.ofEpochMilli(milliseconds), line));
    LogRecord entry = assembler.flush().orElseThrow();
    recorder.record(owner, entry, new OwnerCounts.Cursor(milliseconds, 0, 0));
  }
}
