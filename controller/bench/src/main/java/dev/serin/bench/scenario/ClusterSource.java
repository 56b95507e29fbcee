package dev.serin.bench.scenario;

import dev.serin.bench.draw.ClusterLaw;
import dev.serin.bench.draw.Draws;
import java.util.function.DoubleUnaryOperator;

/// Errors in clusters that hit one pod with one signature within one window.
///
/// @param reach
///          the pods
/// @param mix
///          the signatures
/// @param law
///          sizes of the clusters
/// @param rate
///          mean errors per request at minute t, at least 0
/// @param fault
///          whether these errors are the canary's fault
record ClusterSource(Reach reach, SignatureMix mix, ClusterLaw law, DoubleUnaryOperator rate, boolean fault)
    implements
      Source {

  /// Whose requests a fault hits, where tenants are known.
  private static final int FAILING_TENANT = 0;

  @Override
  public void emit(WindowCounts out, double minute, Draws draws) {
    double perRequest = rate.applyAsDouble(minute);
    if (perRequest <= 0) {
      return;
    }
    int clusters = draws.poisson(perRequest * reach.requests(out) / law.mean());
    for (int i = 0; i < clusters; i++) {
      int pod = reach.draw(out, draws);
      int signature = mix.draw(draws);
      int size = law.draw(draws);
      if (fault) {
        out.addFault(pod, signature, size);
      } else {
        out.add(pod, signature, size);
      }
      if (out.tenants() > 0) {
        out.attribute(pod, signature, size, fault ? FAILING_TENANT : draws.below(out.tenants()));
      }
    }
  }

  @Override
  public double clustersPerRequest(int signature, boolean onCanary, double minute) {
    return reach.hits(onCanary) ? mix.share(signature) * Math.max(0, rate.applyAsDouble(minute)) / law.mean() : 0;
  }
}
