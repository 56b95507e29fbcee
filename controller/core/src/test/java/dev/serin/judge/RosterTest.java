package dev.serin.judge;

import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.signature.SignatureId;
import dev.serin.stats.latency.WatchedBounds;
import dev.serin.stats.stratum.TenantBuckets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RosterTest {

  private static final Watched CRITICAL = new Watched(Severity.CRITICAL, new Policy.Margin(3, 0), true);
  private static final SignatureId A = new SignatureId("s1-a");
  private static final SignatureId B = new SignatureId("s1-b");
  private static final SignatureId C = new SignatureId("s1-c");

  private static Roster roster(Policy policy, SignatureId... novel) {
    return new Roster(policy, WatchedBounds.NONE, List.of(novel));
  }

  private static double share(Roster roster, SignatureId signature) {
    return roster.get(roster.index(signature)).share();
  }

  private static WatchedBounds learned() {
    return WatchedBounds.NONE.after(List.of(new TreeMap<>(Map.of(0.1, 500L, 0.2, 990L, Double.POSITIVE_INFINITY,
        1_000L))));
  }

  private static SortedMap<SignatureId, Long> counts(Map<SignatureId, Long> counts) {
    return new TreeMap<>(counts);
  }

  @Test
  @DisplayName("The shares of all hypotheses and what lies idle are the whole of alpha, however many are discovered")
  void sum() {
    var policies = List.of(policy(), policy(Map.of()), policy(Map.of(TIMEOUT, CRITICAL, NOT_FOUND, Watched.SEEN)),
        policy().withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.7, Evidence.TOTAL_ERRORS, 0.1))));
    for (var policy : policies) {
      for (var novel : List.of(new SignatureId[]{}, new SignatureId[]{A}, new SignatureId[]{A, B, C})) {
        var roster = roster(policy, novel);
        // Without known signatures their share is nobody's, and lies idle.
        double sum = StrictMath.exp(roster.logIdle());
        for (int i = 0; i < roster.size(); i++) {
          sum += roster.get(i).share();
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  @DisplayName("Critical signatures have twice the share of normal ones; weights replace shares, and the others have what is left")
  void shares() {
    var two = policy(Map.of(TIMEOUT, CRITICAL, NOT_FOUND, Watched.SEEN));
    assertThat(share(roster(two), TIMEOUT)).isCloseTo(0.4 * 2 / 3, within(1e-12));
    assertThat(share(roster(two), NOT_FOUND)).isCloseTo(0.4 / 3, within(1e-12));

    var weighted = roster(two.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.1, Evidence.TOTAL_ERRORS, 0.25))));
    assertThat(share(weighted, TIMEOUT)).isCloseTo(0.1, within(1e-12));
    assertThat(share(weighted, NOT_FOUND)).isCloseTo(0.3, within(1e-12));
    assertThat(weighted.get(Roster.TOTAL).share()).isCloseTo(0.25, within(1e-12));

    var greedy = roster(two.withWeights(new TreeMap<>(Map.of(TIMEOUT, 0.6))));
    assertThat(share(greedy, NOT_FOUND)).as("nothing is left").isZero();
  }

  @Test
  @DisplayName("The first novel signature has an eighth of alpha, the second a third of that; those without a slot have the rest")
  void novel() {
    var roster = roster(policy(), A, B);
    assertThat(share(roster, A)).isCloseTo(0.125, within(1e-12));
    assertThat(share(roster, B)).isCloseTo(0.125 / 3, within(1e-12));
    assertThat(roster.get(Roster.OTHER).share()).as("159 slots").isCloseTo(0.25 / 160, within(1e-12));
    assertThat(roster.novel()).containsExactly(A, B);
  }

  @Test
  @DisplayName("Proof is needed of total errors and critical signatures; tenants count for total errors, without a tolerance")
  void facts() {
    var roster = roster(policy(Map.of(TIMEOUT, CRITICAL, NOT_FOUND, Watched.UNSEEN)), A);
    var total = roster.get(Roster.TOTAL).facts();
    assertThat(total.worstRatio()).isEqualTo(2);
    assertThat(total.byTenant()).isTrue();
    var critical = roster.get(roster.index(TIMEOUT));
    assertThat(critical.facts().worstRatio()).isEqualTo(2);
    assertThat(critical.facts().byTenant()).isFalse();
    assertThat(critical.margin()).isEqualTo(3);
    assertThat(critical.facts().grid().logWeight(11)).as("seen: equal weights of the ratios from 4 on")
        .isCloseTo(-StrictMath.log(8), within(1e-12));
    var unseen = roster.get(roster.index(NOT_FOUND)).facts();
    assertThat(unseen.worstRatio()).isZero();
    assertThat(unseen.grid().logWeight(11)).as("half on the largest").isCloseTo(-StrictMath.log(2), within(1e-12));
    assertThat(roster.get(roster.index(A)).facts().worstRatio()).isZero();

    var tolerant = roster(policy().withMargin(new Policy.Margin(1.5, 0.01)));
    assertThat(tolerant.get(Roster.TOTAL).facts().byTenant()).isFalse();
    assertThat(tolerant.get(Roster.TOTAL).facts().tolerance()).isEqualTo(0.01);
    assertThat(tolerant.get(Roster.OTHER).margin()).isEqualTo(1.5);
  }

  @Test
  @DisplayName("Known signatures come by ID, then three places of latency, then novel ones; the names of bounds find none")
  void order() {
    var roster = roster(policy(Map.of(TIMEOUT, Watched.SEEN, NOT_FOUND, Watched.SEEN)), B, A).watching(learned());
    assertThat(roster.index(NOT_FOUND)).isEqualTo(2);
    assertThat(roster.index(TIMEOUT)).isEqualTo(3);
    assertThat(roster.firstLatency()).isEqualTo(4);
    assertThat(roster.index(B)).isEqualTo(7);
    assertThat(roster.index(A)).isEqualTo(8);
    assertThat(roster.size()).isEqualTo(9);
    assertThat(roster.index(C)).isEqualTo(Roster.OTHER);
    assertThat(roster.index(Evidence.slowerThan(0.1))).isEqualTo(Roster.OTHER);
    for (int i = 0; i < roster.size(); i++) {
      assertThat(roster.isLatency(i)).as("place %s", i).isEqualTo(i >= 4 && i < 7);
      assertThat(roster.isTaken(i)).as("two bounds: place %s", i).isEqualTo(i != 6);
    }
  }

  @Test
  @DisplayName("Places of latency are kept before the bounds are known, with a third of their share each")
  void latency() {
    var roster = roster(policy());
    assertThat(roster.isTaken(roster.firstLatency())).isFalse();
    assertThat(roster.get(roster.firstLatency() + 2).share()).isCloseTo(0.05, within(1e-12));
    var watching = roster.watching(learned());
    assertThat(watching.size()).isEqualTo(roster.size());
    assertThat(watching.get(watching.firstLatency() + 1).signature()).isEqualTo(Evidence.slowerThan(0.2));
    assertThat(watching.watching(watching.bounds())).isSameAs(watching);
  }

  @Test
  @DisplayName("Free slots go to the most frequent new signatures, of equal ones to the first by ID, as long as there are any")
  void discovers() {
    var roster = roster(policy());
    assertThat(roster.with(counts(Map.of()))).isSameAs(roster);
    assertThat(roster.with(counts(Map.of(A, 1L, B, 3L, C, 1L))).novel()).containsExactly(B, A, C);
    assertThat(roster(policy(), C).with(counts(Map.of(A, 1L))).novel()).as("later ones come last")
        .containsExactly(C, A);

    var known = new HashMap<SignatureId, Watched>();
    for (int i = 0; i < Policy.MAX_KNOWN; i++) {
      known.put(new SignatureId("s1-known" + i), Watched.SEEN);
    }
    var novel = new SignatureId[Policy.MAX_TRACKED - Policy.MAX_KNOWN - 1];
    for (int i = 0; i < novel.length; i++) {
      novel[i] = new SignatureId("s1-novel" + i);
    }
    var full = roster(policy(known), novel).with(counts(Map.of(A, 1L, B, 2L)));
    assertThat(full.novel()).hasSize(40).endsWith(B);
    assertThat(full.with(counts(Map.of(A, 1L)))).as("no slot is free").isSameAs(full);
  }

  @Test
  @DisplayName("A tenant's bucket depends on the rollout's policy, which nobody can choose names for")
  void buckets() {
    for (var tenant : List.of("acme", "globex", "initech")) {
      assertThat(roster(policy()).bucket(tenant))
          .isEqualTo(TenantBuckets.bucketOf(policy().configHash(), tenant));
      assertThat(roster(policy()).watching(learned()).bucket(tenant)).isEqualTo(roster(policy()).bucket(tenant));
    }
  }
}
