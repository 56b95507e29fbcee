package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Evidence;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.signature.ContainerTrouble.Exited;
import dev.serin.signature.Family;
import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final TenantKey KEY = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final String JOB = "{\"level\":\"error\",\"message\":\"Nightly export was interrupted\"}";

  private static final List<String> WORDS = List.of("apple", "bread", "chair", "door", "engine", "forest", "garden",
      "house",
      "island", "jacket", "kitchen", "letter", "mountain", "night", "ocean", "paper", "queen", "river", "summer",
      "table",
      "uncle", "village", "window", "yellow", "animal", "bridge", "castle", "desert", "evening", "family", "glass",
      "hammer",
      "insect", "journey");

  private final BoundedRules rules = rules(Set.of(signature(line("acme", 1)).id()));
  private final Counts counts = new Counts();

  @Test
  @DisplayName("The events of a signature that is judged by tenant carry them to the judge by keyed hash")
  void countsByTenant() {
    add(line("acme", 4001), line("initech", 4002), line("acme", 4003));

    assertThat(tenants())
        .isEqualTo(Map.of(KEY.tenant("acme").text(), ofAll(2), KEY.tenant("initech").text(), ofAll(1)));
  }

  @Test
  @DisplayName("Once an event of such a signature shows no tenant, none is told apart")
  void namelessOnce() {
    add(line("acme", 4001), "{\"level\":\"error\",\"message\":\"Community 4004 not found\"}", line("acme", 4002));

    assertThat(tenants()).isEmpty();
  }

  @Test
  @DisplayName("The events of other signatures are nobody's, whether they show a tenant or not, and keep no other's tenant from being told apart")
  void othersAreNobodys() {
    add(line("acme", 4001), JOB, line("acme", 4002).replace("Community", "Mailbox"));

    assertThat(tenants()).isEqualTo(Map.of(KEY.tenant("acme").text(), ofAll(1), PodCounts.NOBODY, ofAll(2)));
  }

  @Test
  @DisplayName("The exit of a container is nobody's: it counts, and is no failure")
  void exitsAreNobodys() {
    add(line("acme", 4001));
    counts.addExit(new Exited("app", "OOMKilled", 137).signature());
    counts.addExit(new Exited("app", "Error", 1).signature());

    assertThat(podCounts().events()).hasSize(3);
    assertThat(podCounts().failures()).isEqualTo(1);
    assertThat(tenants()).isEqualTo(Map.of(KEY.tenant("acme").text(), ofAll(1), PodCounts.NOBODY, ofAll(2)));
  }

  @Test
  @DisplayName("More tenants in one window than memory is given for are not told apart")
  void boundsTenants() {
    for (int i = 0; i < 1000; i++) {
      add(line("tenant-" + i, i));
    }
    add(line("tenant-7", 1));
    assertThat(tenants()).hasSize(1000);
    add(line("tenant-1000", 1));
    assertThat(tenants()).isEmpty();
  }

  @Test
  @DisplayName("Where no signature is judged by tenant, nothing is said of tenants, not even that events are nobody's")
  void nothingByTenant() {
    var none = rules(Set.of());
    var entry = record(line("acme", 4001));
    counts.add(entry, none.occurrenceIn(entry), none);

    assertThat(counts.podCounts("pod", ExposureKind.POD_SECONDS, Duration.ofSeconds(10), Duration.ZERO, none).tenants())
        .isEmpty();
  }

  @Test
  @DisplayName("A signature is judged by tenant by its own name, also once it is folded into many")
  void foldedInTheTrial() {
    for (int i = 0; i < 1100; i++) {
      var filler = record("{\"level\":\"error\",\"message\":\"Task %s was interrupted\"}".formatted(letters(i)));
      rules.occurrenceIn(filler);
    }
    var entry = record(line("acme", 4001));
    assertThat(rules.occurrenceIn(entry).orElseThrow().signature().folded()).isTrue();
    add(line("acme", 4001), JOB);

    assertThat(tenants()).isEqualTo(Map.of(KEY.tenant("acme").text(), ofAll(1), PodCounts.NOBODY, ofAll(1)));
  }

  @Test
  @DisplayName("Sums of several counts know which events showed no tenant, exits among them, and tell no tenants apart")
  void sums() {
    add(line("acme", 4001), JOB);
    var other = new Counts();
    var job = record(JOB);
    other.add(job, rules.occurrenceIn(job), rules);
    other.addExit(new Exited("app", "Error", 1).signature());
    other.addAll(counts);

    assertThat(other.events(rules)).isEqualTo(Map.of(signature(line("acme", 1)), 1L, signature(JOB), 2L,
        new Exited("app", "Error", 1).signature(), 1L));
    assertThat(other.nameless(rules)).isEqualTo(
        Map.of(signature(JOB).id(), 2L, new Exited("app", "Error", 1).signature().id(), 1L));
    assertThat(other.podCounts("pod", ExposureKind.REQUESTS, Duration.ofSeconds(10), Duration.ZERO, rules).tenants())
        .isEmpty();
  }

  @Test
  @DisplayName("Stable's past is relied on from ten events on that all showed their tenant")
  void reliesOnTen() {
    var signature = signature(JOB);
    assertThat(new BurnIn.Observed(signature, 10, 0).namesTenants()).isTrue();
    assertThat(new BurnIn.Observed(signature, 9, 0).namesTenants()).isFalse();
    assertThat(new BurnIn.Observed(signature, 1000, 1).namesTenants()).isFalse();
    var folded = new Signature(new SignatureId("s1-many"), Family.LOG, List.of("ERROR", "shop.Api"), Signature.FOLDED,
        Optional.empty());
    assertThat(new BurnIn.Observed(folded, 1000, 0).namesTenants()).isFalse();
  }

  private void add(String... lines) {
    for (var line : lines) {
      var entry = record(line);
      counts.add(entry, rules.occurrenceIn(entry), rules);
    }
  }

  private PodCounts podCounts() {
    return counts.podCounts("pod", ExposureKind.POD_SECONDS, Duration.ofSeconds(10), Duration.ZERO, rules);
  }

  private Map<String, ?> tenants() {
    return podCounts().tenants();
  }

  private static Map<SignatureId, Long> ofAll(long events) {
    return Map.of(Evidence.TOTAL_ERRORS, events);
  }

  private static Signature signature(String line) {
    return rules(Set.of()).occurrenceIn(record(line)).orElseThrow().signature();
  }

  private static BoundedRules rules(Set<SignatureId> byTenant) {
    return new BoundedRules(new SourcePolicy(Duration.ofSeconds(10), Duration.ZERO,
        new RecordRules(List.of(), Optional.empty()), List.of(), Optional.of(KEY), List.of(), byTenant));
  }

  private static String line(String tenant, int community) {
    return "{\"level\":\"error\",\"message\":\"Community %d not found\",\"tenantId\":\"%s\"}".formatted(community,
        tenant);
  }

  /// A word of its own for each number, which no rule takes for a number or a name.
  private static String letters(int number) {
    return "%s %s".formatted(WORDS.get(number % 34), WORDS.get(number / 34));
  }

  private static LogRecord record(String line) {
    var assembler = new RecordAssembler();
    var done = assembler.accept(new LogLine(NOON, line));
    return assembler.flush().orElseGet(done::getFirst);
  }
}
