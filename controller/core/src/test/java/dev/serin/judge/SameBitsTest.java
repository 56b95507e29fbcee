package dev.serin.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.SignatureId;
import dev.serin.signature.digest.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A faster judge must be the same judge: evidence that an Analysis keeps goes on under the next version.
class SameBitsTest {

  private static final int WINDOWS = 400;
  private static final int BURN_IN = 60;
  private static final Duration LENGTH = Duration.ofSeconds(10);

  /// What varies: pods of both arms, whether exposures are equal, tenants, latencies, and a fault.
  private record Setting(int canary, int stable, boolean even, boolean tenants, boolean latency, boolean fault) {}

  @ParameterizedTest
  @DisplayName("Verdicts and evidence of 400 windows with bursts, restarts, young pods and gaps are those recorded at commit 4365bd542455")
  @CsvSource({"1,19,true,false,false,false,bf690378b629823f", "1,19,false,false,false,false,372646e72b82d6fa",
      "2,40,false,false,false,true,5364ab610c4df8c3", "4,40,true,false,true,false,84c72db98218faa0",
      "3,5,false,true,false,false,bdb57d4f300f5f88", "2,5,true,true,true,true,8302856cedacf303"})
  void sameBits(int canary, int stable, boolean even, boolean tenants, boolean latency, boolean fault, String hash) {
    assertThat(digest(new Setting(canary, stable, even, tenants, latency, fault))).isEqualTo(hash);
  }

  private static String digest(Setting setting) {
    var random = new Random(22);
    var known = new TreeMap<SignatureId, Watched>();
    for (int i = 0; i < 10; i++) {
      known.put(new SignatureId("s" + i), Watched.SEEN);
    }
    var policy = Policy.of(0.01, known);
    var evidence = Evidence.initial(policy)
        .startStep(new Step(0, Instant.EPOCH, Duration.ZERO, Duration.ofDays(9)));
    var text = new StringBuilder();
    for (int k = 0; k < WINDOWS; k++) {
      var judgement = Judge.judge(evidence, window(k, setting, random), policy);
      text.append(judgement.verdict());
      evidence = k % 20 == 0 ? Evidence.of(judgement.evidence().snapshot(), policy) : judgement.evidence();
    }
    evidence.signatures().forEach(signature -> text.append(Double.toHexString(signature.logE())));
    return Sha256.hex(text.toString(), 8);
  }

  private static Window window(int k, Setting setting, Random random) {
    var canary = new ArrayList<PodCounts>();
    var stable = new ArrayList<PodCounts>();
    for (int p = 0; p < setting.canary() + setting.stable(); p++) {
      boolean ofCanary = p < setting.canary();
      // Every third pod is replaced now and then.
      var name = (ofCanary ? "c" : "b") + p + "-" + k / 150 * (p % 3);
      (ofCanary ? canary : stable).add(pod(name, setting, ofCanary && setting.fault() && k > 200 ? 0.5 : 0.13, random));
    }
    boolean complete = random.nextInt(40) != 0;
    return new Window(k, Instant.EPOCH.plus(LENGTH.multipliedBy(k)), LENGTH, k < BURN_IN ? List.of() : canary, stable,
        complete, k < BURN_IN);
  }

  private static PodCounts pod(String name, Setting setting, double more, Random random) {
    int requests = setting.even() ? 100 : 60 + random.nextInt(80);
    SortedMap<SignatureId, Long> events = new TreeMap<>();
    while (random.nextDouble() < more) {
      events.merge(new SignatureId("s" + random.nextInt(14)), 1L, Long::sum);
    }
    if (random.nextInt(200) == 0) {
      events.merge(new SignatureId("s3"), 12L, Long::sum);
    }
    var tenants = new TreeMap<String, SortedMap<SignatureId, Long>>();
    if (setting.tenants()) {
      events.forEach((signature, count) -> tenants.computeIfAbsent("t" + random.nextInt(30), _ -> new TreeMap<>())
          .merge(signature, count, Long::sum));
    }
    var latency = new TreeMap<Double, Long>();
    if (setting.latency()) {
      long fast = requests * 7L / 10;
      latency.putAll(new TreeMap<>(Map.of(0.1, fast, 0.5, Math.min(requests, fast + 15), 1.0,
          (long) requests - random.nextInt(3), Double.POSITIVE_INFINITY, (long) requests)));
    }
    long failures = events.values().stream().mapToLong(Long::longValue).sum();
    var age = random.nextInt(50) == 0 ? Duration.ofSeconds(5) : null;
    return new PodCounts(name, requests, failures, events, age, tenants, latency);
  }
}
