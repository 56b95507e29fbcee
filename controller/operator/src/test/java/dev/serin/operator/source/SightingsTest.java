package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Arm;
import dev.serin.signature.RecordRules;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final TenantKey KEY = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final SourcePolicy POLICY = new SourcePolicy(Duration.ofSeconds(10), Duration.ZERO,
      new RecordRules(List.of(), Optional.empty()), List.of(), Optional.of(KEY), List.of(), Set.of());

  private final BoundedRules rules = new BoundedRules(POLICY);
  private final Sightings sightings = new Sightings(new WindowGrid(POLICY.window()), SipHash.fast(1, 2));

  @Test
  @DisplayName("Of each arm it tells when, on which pods, in how many windows, to how many tenants and with which samples, without a raw value")
  void tellsWhatItSaw() {
    for (int i = 0; i < 10; i++) {
      see(pod("canary-" + i % 2, Arm.CANARY), i, "acme-" + i % 3, 4000 + i);
    }
    see(pod("stable", Arm.BASELINE), 3, "acme-1", 5000);

    SignatureId id = signature();
    Sighting canary = sightings.of(Arm.CANARY, id).orElseThrow();
    assertThat(canary.events()).isEqualTo(10);
    assertThat(canary.firstSeen()).isEqualTo(NOON);
    assertThat(canary.lastSeen()).isEqualTo(NOON.plusSeconds(45));
    assertThat(canary.pods()).containsExactly("canary-0", "canary-1");
    assertThat(canary.windows()).isEqualTo(5);
    assertThat(canary.tenants()).isEqualTo(3);
    assertThat(canary.mostHit()).hasSize(3).first().isEqualTo(KEY.tenant("acme-0").toString());
    assertThat(canary.samples()).containsExactly("Community <num:4> not found");
    assertThat(canary.toString()).doesNotContain("acme").doesNotContain("4001");
    assertThat(sightings.of(Arm.BASELINE, id).orElseThrow().events()).isEqualTo(1);
    assertThat(sightings.of(Arm.CANARY, new SignatureId("s1-other"))).isEmpty();
  }

  private void see(PodTarget pod, int number, String tenant, int community) {
    var entry = record(line(tenant, community), 5 * number);
    sightings.saw(pod, entry, rules.occurrenceIn(entry).orElseThrow());
  }

  private SignatureId signature() {
    return rules.occurrenceIn(record(line("acme", 1), 0)).orElseThrow().signature().id();
  }

  private static String line(String tenant, int community) {
    return "{\"level\":\"error\",\"message\":\"Community %d not found\",\"tenantId\":\"%s\"}".formatted(community,
        tenant);
  }

  private static LogRecord record(String line, int seconds) {
    var assembler = new RecordAssembler();
    var done = assembler.accept(new LogLine(NOON.plusSeconds(seconds), line));
    return assembler.flush().orElseGet(done::getFirst);
  }

  private static PodTarget pod(String name, Arm arm) {
    return new PodTarget("shop", name, "uid-" + name, "app", arm, NOON.minusSeconds(600), List.of());
  }
}
