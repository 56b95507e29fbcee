package dev.serin.stats.trial;

import dev.serin.stats.RatioGrid;
import dev.serin.stats.cluster.PodBurst;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.stratum.TenantBuckets;
import java.nio.ByteBuffer;
import java.util.HashMap;

/// Evidence of one hypothesis by bucket of tenants, for as long as every event has a tenant or is nobody's. Immutable.
///
/// It begins with the hypothesis' first events, whosever they are, or never: E is 1 then, so that mixing changes nothing at that moment.
/// It ends, and its evidence stays what it is, with the first event whose tenant is not told: a version that does not name tenants where
/// the other does would look as if its tenants had no errors.
///
/// A bucket's window is tempered by what one pod holds of its own events, and by the windows that a cluster touches; what
/// the past shows of the whole is not trusted for a part. So it is as cautious as can be, and serves both kinds of evidence.
final class Tenants {

  /// No event yet.
  static final Tenants OPEN = new Tenants(TenantBuckets.untouched(), false, false);

  private static final int CLOSED = 1;
  private static final int BEGUN = 2;

  private final TenantBuckets buckets;
  private final boolean begun;
  private final boolean closed;
  private final double logMean;

  private Tenants(TenantBuckets buckets, boolean begun, boolean closed) {
    this.buckets = buckets;
    this.begun = begun;
    this.closed = closed;
    logMean = buckets.logMean();
  }

  /// Folds a window with events.
  Tenants after(RatioGrid grid, Track.Moment moment, Cell cell, Tempering tempering) {
    if (closed || !cell.attributed()) {
      return closed ? this : new Tenants(buckets, begun, true);
    }
    var split = moment.split();
    var costs = split.costs(grid);
    var additions = new HashMap<Integer, TenantBuckets.Addition>();
    cell.tenants().forEach((bucket, part) -> {
      long xc = part.xc();
      long m = xc + part.xb();
      double burst = PodBurst.of(part.canary(), split.canary(), part.stable(), split.stable());
      double factor = tempering.cautious(m, burst);
      var own = new double[Split.BUCKETS];
      for (int b = 0; b < Split.BUCKETS; b++) {
        own[b] = factor * split.inside(b, part.canary());
      }
      additions.put(bucket, new TenantBuckets.Addition(grid.gains(xc, m, costs, factor), own));
    });
    return new Tenants(buckets.after(grid, additions, moment.remaining()), true, false);
  }

  /// `ln E` of the hypothesis, given that of it as a whole.
  double logMixed(double logE) {
    return begun ? TenantBuckets.logMixed(logE, logMean) : logE;
  }

  /// The same without a bucket of canary pods, or less.
  double logMixedWithout(RatioGrid grid, int bucket, double logE) {
    return begun ? TenantBuckets.logMixed(logE, buckets.logMeanWithout(grid, bucket)) : logE;
  }

  void write(ByteBuffer out) {
    out.put((byte) ((closed ? CLOSED : 0) | (begun ? BEGUN : 0)));
    buckets.write(out);
  }

  static Tenants read(RatioGrid grid, ByteBuffer in) {
    int flags = in.get();
    return new Tenants(TenantBuckets.read(grid, Split.BUCKETS, in), (flags & BEGUN) != 0, (flags & CLOSED) != 0);
  }
}
