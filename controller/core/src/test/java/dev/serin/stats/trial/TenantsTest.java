package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.stats.EProcess;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.stratum.TenantBuckets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How evidence by tenant enters a [Track].
class TenantsTest {

  private static final RatioGrid GRID = RatioGrid.uniform(1);
  private static final Track.Facts BY_TENANT = new Track.Facts(GRID, 0, 0, true);
  private static final Track.Facts WHOLE = new Track.Facts(GRID, 0, 0, false);
  private static final Split SPLIT = new Split(new double[]{200, 300}, new int[]{0, 1}, new double[]{300, 400});
  private static final Track.Moment FIRST = new Track.Moment(SPLIT, 0.9);
  private static final Track.Moment SECOND = new Track.Moment(SPLIT, 0.8);
  /// A cluster touches two windows; the cap is never trusted for a part.
  private static final Tempering TEMPERING = new Tempering(1, 2, true);
  private static final int BUCKET = 5;

  /// Two of three canary events are of the tenant's bucket, both on the second pod, and one of two on stable.
  private static Cell cell(boolean attributed) {
    var cell = new Cell(2, 2);
    cell.addCanary(0, 1);
    cell.addCanary(1, 2);
    cell.addStable(0, 1);
    cell.addStable(1, 1);
    cell.tenants(BUCKET).addCanary(1, 2);
    cell.tenants(BUCKET).addStable(1, 1);
    if (attributed) {
      cell.attribute();
    }
    return cell;
  }

  private static Track after(Track.Facts facts, Track before, Track.Moment moment, Cell cell) {
    return before.after(facts, moment, cell, TEMPERING, true);
  }

  /// At most two events of the bucket are on one pod.
  private static TenantBuckets buckets(TenantBuckets before, double remaining) {
    double eta = 1 / (2 * 2.0);
    return before.after(GRID, Map.of(BUCKET, new TenantBuckets.Addition(
        GRID.gains(2, 3, GRID.costs(500, 700), eta), new double[]{0, eta * 2, 0, 0})), remaining);
  }

  @Test
  @DisplayName("Half of the evidence is that of the buckets, tempered by what one pod holds of a bucket's own events")
  void mixed() {
    var whole = after(WHOLE, Track.silent(WHOLE), FIRST, cell(true));
    var mean = buckets(TenantBuckets.untouched(), 0.9);
    var mixed = after(BY_TENANT, Track.silent(BY_TENANT), FIRST, cell(true));

    assertThat(mixed.logE()).isEqualTo(TenantBuckets.logMixed(whole.logE(), mean.logMean()));
    assertThat(mixed.logCautious()).isEqualTo(TenantBuckets.logMixed(whole.logCautious(), mean.logMean()));
    for (int b = 0; b < Split.BUCKETS; b++) {
      assertThat(mixed.logWithout(BY_TENANT, b)).as("without %s", b)
          .isEqualTo(TenantBuckets.logMixed(whole.logWithout(WHOLE, b), mean.logMeanWithout(GRID, b)));
    }
    var again = after(BY_TENANT, mixed, SECOND, cell(true));
    assertThat(again.logE()).isEqualTo(TenantBuckets.logMixed(after(WHOLE, whole, SECOND, cell(true)).logE(),
        buckets(mean, 0.8).logMean()));
  }

  @Test
  @DisplayName("Errors that are nobody's begin it too: half of the weight is the tenants' from then on, whoever has the next error")
  void nobodys() {
    var nobody = new Cell(2, 2);
    nobody.addCanary(0, 3);
    nobody.attribute();
    var whole = after(WHOLE, Track.silent(WHOLE), FIRST, nobody);
    var mixed = after(BY_TENANT, Track.silent(BY_TENANT), FIRST, nobody);
    assertThat(mixed.logE()).isEqualTo(TenantBuckets.logMixed(whole.logE(), 0)).isLessThan(whole.logE());
    assertThat(mixed.logWithout(BY_TENANT, 1)).isEqualTo(TenantBuckets.logMixed(whole.logWithout(WHOLE, 1), 0));

    var later = after(BY_TENANT, mixed, SECOND, cell(true));
    assertThat(later.logE()).isEqualTo(TenantBuckets.logMixed(after(WHOLE, whole, SECOND, cell(true)).logE(),
        buckets(TenantBuckets.untouched(), 0.8).logMean()));
  }

  @Test
  @DisplayName("After errors that are nobody's on stable, a tenant's first error on stable does not speak against the canary")
  void neverRisesByStable() {
    var nobody = new Cell(2, 2);
    nobody.addStable(0, 3);
    nobody.attribute();
    var named = new Cell(2, 2);
    named.addStable(1, 1);
    named.tenants(BUCKET).addStable(1, 1);
    named.attribute();
    var before = Track.silent(BY_TENANT);
    for (int k = 0; k < 20; k++) {
      before = after(BY_TENANT, before, FIRST, nobody);
    }
    assertThat(after(BY_TENANT, before, FIRST, named).logE()).isLessThan(before.logE());
  }

  @Test
  @DisplayName("With the first event without a tenant the buckets stay what they are, for good, also after a restart")
  void closed() {
    var mean = buckets(TenantBuckets.untouched(), 0.9);
    var once = after(BY_TENANT, Track.silent(BY_TENANT), FIRST, cell(true));
    var wholeOnce = after(WHOLE, Track.silent(WHOLE), FIRST, cell(true));
    var closed = after(BY_TENANT, once, SECOND, cell(false));
    var whole = after(WHOLE, wholeOnce, SECOND, cell(false));
    assertThat(closed.logE()).isEqualTo(TenantBuckets.logMixed(whole.logE(), mean.logMean()));

    var clusters = Clusters.none(Duration.ofSeconds(10));
    var bytes = ByteBuffer.allocate(10_000);
    closed.write(bytes, clusters);
    var read = Track.read(BY_TENANT, clusters, bytes.flip());
    double later = TenantBuckets.logMixed(after(WHOLE, whole, SECOND, cell(true)).logE(), mean.logMean());
    assertThat(after(BY_TENANT, closed, SECOND, cell(true)).logE()).isEqualTo(later);
    assertThat(after(BY_TENANT, read, SECOND, cell(true)).logE()).isEqualTo(later);
  }

  @Test
  @DisplayName("Where the first event has no tenant, evidence by tenant never begins")
  void neverBegins() {
    var never = after(BY_TENANT, after(BY_TENANT, Track.silent(BY_TENANT), FIRST, cell(false)), SECOND, cell(true));
    var whole = after(WHOLE, after(WHOLE, Track.silent(WHOLE), FIRST, cell(false)), SECOND, cell(true));
    assertThat(never.logE()).isEqualTo(whole.logE()).isNotEqualTo(EProcess.START.logE());
  }
}
