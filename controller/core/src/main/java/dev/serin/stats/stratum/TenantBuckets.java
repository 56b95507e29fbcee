package dev.serin.stats.stratum;

import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetMixture;
import dev.serin.stats.RatioGrid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Evidence of one signature by bucket of tenants, for a fault that hits few tenants and drowns in the events of the
/// others. Immutable.
///
/// Tenants are hashed into 64 buckets, each with an e-process of its own; the signature's evidence becomes
/// `½E + ½·mean_b E_b`. A mean of e-processes is an e-process under any dependence between them, so the bound holds; a
/// fault in one bucket pays ln 128 = 4.9 nats for not being known beforehand.
///
/// A bucket without events is exactly as if it had been tracked in silence; only touched ones are stored.
///
/// Not guaranteed: the common exposures serve only if routing ignores the tenant. Otherwise the counts of a bucket must
/// have its own.
public final class TenantBuckets {

  /// Number of buckets.
  public static final int COUNT = 64;

  private static final double LOG_HALF = StrictMath.log(0.5);

  private static final double[] NOTHING = new double[RatioGrid.SIZE];

  private static final TenantBuckets UNTOUCHED = new TenantBuckets(Collections.emptySortedMap());

  private final SortedMap<Integer, OnsetMixture> touched;

  private TenantBuckets(SortedMap<Integer, OnsetMixture> touched) {
    this.touched = touched;
  }

  /// No tenant had an event so far.
  public static TenantBuckets untouched() {
    return UNTOUCHED;
  }

  /// The bucket of a tenant, 0..63; the same on every machine and in every version.
  public static int bucketOf(String tenant) {
    // FNV-1a of the UTF-8 bytes; its low bits depend on the last bytes too much, so that the halves are folded.
    long hash = 0xcbf29ce484222325L;
    for (byte b : tenant.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 58);
  }

  /// Folds one window.
  ///
  /// @param gains
  ///          of the buckets that had events: `g` by ratio of the grid, tempered by the bucket's own number of events
  /// @param spent
  ///          `Σ v_j` over the windows folded before this one
  /// @param logOnset
  ///          `ln v_t` of this window
  public TenantBuckets after(Map<Integer, double[]> gains, double spent, double logOnset) {
    if (touched.isEmpty() && gains.isEmpty()) {
      return this;
    }
    var next = new TreeMap<>(touched);
    gains.keySet()
        .forEach(bucket -> next.computeIfAbsent(checked(bucket), _ -> OnsetMixture.silent(RatioGrid.SIZE, spent)));
    next.replaceAll((bucket, mixture) -> mixture.after(gains.getOrDefault(bucket, NOTHING), logOnset));
    return new TenantBuckets(next);
  }

  /// `ln mean_b E_b`.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logMean(RatioGrid grid, double remaining) {
    var terms = new double[touched.size() + 1];
    int i = 0;
    for (var mixture : touched.values()) {
      terms[i++] = mixture.logE(grid, remaining);
    }
    terms[i] = StrictMath.log(COUNT - touched.size());
    return LogSum.of(terms) - StrictMath.log(COUNT);
  }

  /// `ln (½E + ½·mean_b E_b)`.
  ///
  /// @param logE
  ///          `ln E` of the signature as a whole
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logMixed(double logE, RatioGrid grid, double remaining) {
    return LogSum.of(LOG_HALF + logE, LOG_HALF + logMean(grid, remaining));
  }

  /// The bucket with the largest evidence, -1 if none was touched: whom to name in a reason.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public int leading(RatioGrid grid, double remaining) {
    int leading = -1;
    double largest = Double.NEGATIVE_INFINITY;
    for (var entry : touched.entrySet()) {
      double logE = entry.getValue().logE(grid, remaining);
      if (logE > largest) {
        largest = logE;
        leading = entry.getKey();
      }
    }
    return leading;
  }

  /// Bytes of [#write].
  public int bytes() {
    return Integer.BYTES + touched.size() * (Integer.BYTES + OnsetMixture.bytes(RatioGrid.SIZE));
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.putInt(touched.size());
    touched.forEach((bucket, mixture) -> {
      out.putInt(bucket);
      mixture.write(out);
    });
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public static TenantBuckets read(ByteBuffer in) {
    int size = in.getInt();
    if (size < 0 || size > COUNT) {
      throw new IllegalArgumentException("touched buckets must be 0..64, were " + size);
    }
    var touched = new TreeMap<Integer, OnsetMixture>();
    for (int i = 0; i < size; i++) {
      int bucket = checked(in.getInt());
      if (touched.put(bucket, OnsetMixture.read(in, RatioGrid.SIZE)) != null) {
        throw new IllegalArgumentException("bucket " + bucket + " is stored twice");
      }
    }
    return new TenantBuckets(touched);
  }

  private static int checked(int bucket) {
    if (bucket < 0 || bucket >= COUNT) {
      throw new IllegalArgumentException("bucket must be 0..63, was " + bucket);
    }
    return bucket;
  }
}
