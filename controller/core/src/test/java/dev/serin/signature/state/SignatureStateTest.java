package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.RecordRules;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.Records;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureStateTest {

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());
  private static final TenantKey TENANTS = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final SipHash LINES = SipHash.fast(1, 2);
  private static final List<Owner> OWNERS = List.of(new Owner("canary", "uid-1", "app", 0),
      new Owner("canary", "uid-2", "app", 0), new Owner("baseline", "uid-3", "app", 1));

  @ParameterizedTest
  @DisplayName("States of one Rollout merge in any order and grouping, and twice is once")
  @MethodSource("seeds")
  void mergeIsALattice(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      var streams = streams(random, i % 2 == 0 ? 40 : 400);
      var a = prefix(streams, random);
      var b = prefix(streams, random);
      var c = prefix(streams, random);

      assertThat(a.merge(b).json()).as("commutes, seed %d, round %d", seed, i).isEqualTo(b.merge(a).json());
      assertThat(a.merge(b).merge(c).json()).as("associates, seed %d, round %d", seed, i)
          .isEqualTo(a.merge(b.merge(c)).json());
      assertThat(a.merge(a).json()).as("is idempotent, seed %d, round %d", seed, i).isEqualTo(a.json());
      assertThat(a.merge(b).merge(b).json()).isEqualTo(a.merge(b).json());
    }
  }

  @ParameterizedTest
  @DisplayName("Folding before a merge changes nothing after it")
  @MethodSource("seeds")
  void foldingCommutes(long seed) {
    var random = new Random(seed);
    int folded = 0;
    for (int i = 0; i < 12; i++) {
      var streams = streams(random, i % 2 == 0 ? 40 : 500);
      var a = unfolded(streams, random);
      var b = unfolded(streams, random);
      var union = a.merge(b).fold();

      assertThat(a.fold().merge(b.fold()).fold().json()).as("seed %d, round %d", seed, i).isEqualTo(union.json());
      assertThat(total(union)).as("records, seed %d, round %d", seed, i).isEqualTo(total(a.merge(b)));
      folded += (int) union.atoms().values().stream().filter(atom -> atom.signature().folded()).count();
    }
    assertThat(folded).as("folded nodes").isPositive();
  }

  @ParameterizedTest
  @DisplayName("Killed at any record and begun again from its stored state, counting ends in the same bytes")
  @MethodSource("seeds")
  void resumes(long seed) {
    var random = new Random(seed);
    var streams = streams(random, 300);
    var whole = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
    var resumed = whole;
    for (int position = 0; position < 300; position++) {
      for (int owner = 0; owner < OWNERS.size(); owner++) {
        record(whole, streams, owner, position);
        if (resumed != whole) {
          record(resumed, streams, owner, position);
        }
      }
      if (random.nextInt(10) == 0) {
        resumed = new StateRecorder(SignatureState.parse(resumed.state().json()), RULES, TENANTS, LINES);
      }
    }
    whole.closed(9);
    resumed.closed(9);

    assertThat(resumed).isNotSameAs(whole);
    assertThat(resumed.state().json()).as("seed %d", seed).isEqualTo(whole.state().json());
  }

  @Test
  @DisplayName("The longer prefix of a stream wins as a whole; two streams under one name are an error")
  void longerPrefixWins() {
    var one = recorded("ERROR shop.Api : boom", "ERROR shop.Api : bang");
    var longer = recorded("ERROR shop.Api : boom", "ERROR shop.Api : bang", "ERROR shop.Api : boom");
    var other = recorded("ERROR shop.Api : bang", "ERROR shop.Api : bang");

    assertThat(one.merge(longer).totals("canary")).isEqualTo(longer.totals("canary")).containsValue(2L);
    assertThatIllegalArgumentException().isThrownBy(() -> one.merge(other))
        .withMessage("two different counts at position 2");
    assertThatIllegalArgumentException().isThrownBy(() -> one.merge(SignatureState.empty("key-2")))
        .withMessage("states of keys key-1 and key-2 do not merge");
  }

  @Test
  @DisplayName("Signatures that differ in a name only are aliases of the smallest one; counts stay by signature")
  void aliases() {
    var state = recorded("ERROR shop.Api : login of kschmidt was denied", "ERROR shop.Api : login of alimov was denied",
        "ERROR shop.Db : login of kschmidt was denied");

    assertThat(state.totals("canary")).hasSize(3);
    assertThat(state.aliases()).hasSize(1);
    assertThat(state.aliases().firstKey()).isGreaterThan(state.aliases().get(state.aliases().firstKey()));
  }

  @Test
  @DisplayName("A hostile stream stays within 4 MiB, with exact totals")
  void isBounded() {
    var recorder = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
    for (int i = 0; i < 20_000; i++) {
      var name = letters(i);
      var line = i % 3 == 0
          ? "ERROR shop." + name + " : boom"
          : i % 3 == 1
              ? "ERROR shop.Api : no such thing as " + name
              : "{\"level\":\"warn\",\"message\":\"" + name + " x\"}";
      recorder.record(OWNERS.get(i % 3), Records.record(line), new OwnerCounts.Cursor(i, 0, 0));
    }
    var state = recorder.state();

    assertThat(total(state)).isEqualTo(20_000);
    assertThat(state.json().length()).as("bytes of JSON").isLessThan(4 << 20);
    assertThat(state.atoms()).hasSizeLessThan(2_000);
  }

  @Test
  @DisplayName("No planted secret is in the state: not in templates, samples, counts or tenants")
  void leaksNothing() {
    var secrets = List.of("jane.doe@example.org", "4111111111111111", "4111 1111 1111 1111", "+49 170 1234567",
        "DE89370400440532013000", "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "hunter", "acme", "9b2f3c1e-8d4a-4f6b-9a7e-1c2d3e4f5a6b");
    var lines = List.of("ERROR mail to %s bounced", "ERROR card %s declined", "ERROR call %s failed",
        "ERROR key=\"%s\" rejected", "ERROR Bearer %s expired", "ERROR password: %s is wrong",
        "ERROR Community %s not found", "ERROR tenant=%s closed", "ERROR token '%s' unknown",
        "level=error tenant=%s msg=x");
    var recorder = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
    int position = 0;
    for (var line : lines) {
      for (var secret : secrets) {
        boolean named = !secret.matches("hunter|acme")
            || line.matches(".*(Community|tenant|password|token|Bearer|key).*");
        if (named) {
          recorder.record(OWNERS.getFirst(), Records.record(line.formatted(secret)),
              new OwnerCounts.Cursor(position++, 0, 0));
        }
      }
    }
    var json = recorder.state().json();

    assertThat(position).isGreaterThan(80);
    for (var secret : secrets) {
      assertThat(json).doesNotContain(secret);
      // A half is a leak too, where it is long enough to be no accident.
      assertThat(json).doesNotContain(secret.length() < 10 ? secret : secret.substring(secret.length() / 2));
    }
    assertThat(json).contains("<mail>", "<uuid>");
  }

  static Stream<Long> seeds() {
    return Stream.of(5L, 8_842L, 20_261_124L);
  }

  private static SignatureState recorded(String... lines) {
    var recorder = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
    for (int i = 0; i < lines.length; i++) {
      recorder.record(OWNERS.getFirst(), Records.record(lines[i]), new OwnerCounts.Cursor(i, 0, 0));
    }
    return recorder.state();
  }

  private static void record(StateRecorder recorder, List<List<LogRecord>> streams, int owner, int position) {
    recorder.record(OWNERS.get(owner), streams.get(owner).get(position), new OwnerCounts.Cursor(position, 0, 7));
  }

  /// One stream of records for each owner, with names enough to fold some nodes where it is long.
  private static List<List<LogRecord>> streams(Random random, int length) {
    return OWNERS.stream().map(_ -> IntStream.range(0, length).mapToObj(_ -> {
      var logger = "shop." + letters(random.nextInt(3));
      return Records.record(random.nextInt(3) == 0
          ? "WARN " + logger + " : Community " + letters(random.nextInt(9)) + " not found"
          : "ERROR " + logger + " : no such thing as " + letters(random.nextInt(length)));
    }).toList()).toList();
  }

  private static SignatureState prefix(List<List<LogRecord>> streams, Random random) {
    var recorder = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
    for (int owner = 0; owner < OWNERS.size(); owner++) {
      int length = random.nextInt(streams.get(owner).size() + 1);
      for (int position = 0; position < length; position++) {
        record(recorder, streams, owner, position);
      }
    }
    recorder.closed(random.nextInt(9));
    return recorder.state();
  }

  /// The same without folding: each record by itself, then merged as text would be.
  private static SignatureState unfolded(List<List<LogRecord>> streams, Random random) {
    var owners = new TreeMap<Owner, OwnerCounts>();
    var atoms = new TreeMap<SignatureId, Atom>();
    for (int owner = 0; owner < OWNERS.size(); owner++) {
      int length = random.nextInt(streams.get(owner).size() + 1);
      var counts = new TreeMap<SignatureId, Long>();
      for (var entry : streams.get(owner).subList(0, length)) {
        var alone = new StateRecorder(SignatureState.empty("key-1"), RULES, TENANTS, LINES);
        alone.record(OWNERS.get(owner), entry, new OwnerCounts.Cursor(0, 0, 0));
        alone.state().atoms().forEach((id, atom) -> {
          atoms.merge(id, atom, Atom::merge);
          counts.merge(id, 1L, Long::sum);
        });
      }
      owners.put(OWNERS.get(owner),
          new OwnerCounts(length, new OwnerCounts.Cursor(length, 0, 0), new ArrayList<>(), counts, List.of()));
    }
    return new SignatureState("key-1", 0, owners, atoms);
  }

  private static long total(SignatureState state) {
    return state.owners().values().stream().flatMap(counts -> counts.counts().values().stream())
        .mapToLong(Long::longValue).sum();
  }

  private static String letters(int number) {
    return Integer.toString(number + 1_000, 26).chars().map(c -> c < 'a' ? c - '0' + 'q' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }
}
