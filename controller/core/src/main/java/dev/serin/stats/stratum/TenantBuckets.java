package dev.serin.stats.stratum;

import dev.serin.stats.EProcess;
import dev.serin.stats.LogSum;
import dev.serin.stats.RatioGrid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Evidence of one signature by bucket of tenants, for a fault that hits few tenants and drowns in the events of the
/// others. Immutable.
///
/// Tenants are hashed into 64 buckets, each with an e-process of its own; the signature's evidence becomes
/// `½E + ½·mean_b E_b`. A mean of e-processes is an e-process under any dependence between them, so the bound holds; a
/// fault in one bucket pays ln 128 = 4.9 nats for not being known beforehand.
///
/// A window without events leaves a bucket's evidence as it is: only touched buckets are stored, and only those with events
/// are folded.
///
/// *Without some canary pods.* Leaving out pods with the exposure and the events x of theirs changes the log likelihood
/// ratio of a window by at least `−η·x·ln(ρ/ρ0)`: fewer requests on the canary only make each event's cost smaller. So with y the
/// sum of `η·x` over the windows, `q·(ρ/ρ0)^(−y)` is a lower bound of the evidence that folding without these pods would
/// have led to, for each ratio and start; it is enough to keep y.
///
/// Not guaranteed: the common exposures serve only if routing ignores the tenant. Where a tenant sticks to a pod, its
/// usual errors look like the canary's if that pod is the canary.
public final class TenantBuckets {

  /// Number of buckets.
  public static final int COUNT = 64;

  private static final double LOG_HALF = StrictMath.log(0.5);

  private static final TenantBuckets UNTOUCHED = new TenantBuckets(Collections.emptySortedMap());

  private final SortedMap<Integer, Bucket> touched;

  /// The tenants of one bucket.
  private static final class Bucket {

    private final EProcess process;
    /// `y`: tempered canary events by group of canary pods.
    private final double[] own;

    Bucket(EProcess process, double[] own) {
      this.process = process;
      this.own = own;
    }
  }

  /// What a window adds to a bucket.
  public static final class Addition {

    private final double[] gains;
    private final double[] own;

    /// @param gains
    ///          `g` by ratio of the grid, tempered
    /// @param own
    ///          tempered canary events by group of canary pods, in every window as many groups
    public Addition(double[] gains, double[] own) {
      this.gains = gains;
      this.own = own;
    }
  }

  private TenantBuckets(SortedMap<Integer, Bucket> touched) {
    this.touched = touched;
  }

  /// No tenant had an event so far.
  public static TenantBuckets untouched() {
    return UNTOUCHED;
  }

  /// The bucket of a tenant, 0..63; the same on every machine and in every version.
  ///
  /// @param key
  ///          of the rollout: nobody can choose names of tenants that meet in a bucket of every one
  public static int bucketOf(String key, String tenant) {
    // FNV-1a of the UTF-8 bytes; its low bits depend on the last bytes too much, so that the halves are folded.
    long hash = mixed(mixed(0xcbf29ce484222325L, key), tenant);
    hash ^= hash >>> 32;
    hash *= 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 58);
  }

  private static long mixed(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /// Folds one window.
  ///
  /// @param additions
  ///          of the buckets that had events
  /// @param remainingNow
  ///          `1 − Σ v_j` over the windows folded so far, this one included
  public TenantBuckets after(RatioGrid grid, Map<Integer, Addition> additions, double remainingNow) {
    if (additions.isEmpty()) {
      return this;
    }
    var next = new TreeMap<>(touched);
    additions.forEach((number, addition) -> {
      var before = touched.get(checked(number));
      var own = addition.own.clone();
      for (int g = 0; before != null && g < own.length; g++) {
        own[g] += before.own[g];
      }
      var process = before == null ? EProcess.START : before.process;
      next.put(number, new Bucket(process.after(grid, addition.gains, remainingNow), own));
    });
    return new TenantBuckets(next);
  }

  /// `ln mean_b E_b`.
  public double logMean() {
    return logMean(bucket -> bucket.process.logE());
  }

  /// A lower bound of the same without a group of canary pods.
  public double logMeanWithout(RatioGrid grid, int group) {
    return logMean(bucket -> bucket.process.logEWithout(grid, bucket.own[group]));
  }

  private double logMean(ToDoubleFunction<Bucket> logE) {
    var terms = new double[touched.size() + 1];
    int i = 0;
    for (var bucket : touched.values()) {
      terms[i++] = logE.applyAsDouble(bucket);
    }
    terms[i] = StrictMath.log(COUNT - touched.size());
    return LogSum.of(terms) - StrictMath.log(COUNT);
  }

  /// `ln (½E + ½·mean_b E_b)`.
  ///
  /// @param logE
  ///          `ln E` of the signature as a whole
  /// @param logMean
  ///          of the buckets
  public static double logMixed(double logE, double logMean) {
    return LogSum.of(LOG_HALF + logE, LOG_HALF + logMean);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.put((byte) touched.size());
    touched.forEach((number, bucket) -> {
      out.put((byte) (int) number);
      bucket.process.write(out);
      for (double own : bucket.own) {
        out.putDouble(own);
      }
    });
  }

  /// Reads what [#write] wrote.
  ///
  /// @param groups
  ///          of canary pods
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public static TenantBuckets read(RatioGrid grid, int groups, ByteBuffer in) {
    int size = in.get();
    if (size < 0 || size > COUNT) {
      throw new IllegalArgumentException("touched buckets must be 0..64, were " + size);
    }
    var touched = new TreeMap<Integer, Bucket>();
    for (int i = 0; i < size; i++) {
      int number = checked(in.get());
      var process = EProcess.read(grid, in);
      var own = new double[groups];
      for (int g = 0; g < groups; g++) {
        own[g] = in.getDouble();
        if (!(own[g] >= 0 && own[g] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("a sum must be finite and at least 0, was " + own[g]);
        }
      }
      if (touched.put(number, new Bucket(process, own)) != null) {
        throw new IllegalArgumentException("bucket " + number + " is stored twice");
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
