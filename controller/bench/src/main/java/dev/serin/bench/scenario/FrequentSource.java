package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.jspecify.annotations.Nullable;

/// Requests that fail so often that their number is binomial, not Poisson. All failures have the first signature; what
/// the canary fails more often is its fault.
final class FrequentSource implements Source {

  private static final int SIGNATURE = 0;

  private final double onStable;
  private final double onCanary;
  private @Nullable Tables tables;

  /// Samplers are costly to prepare and the requests rarely change.
  private record Tables(long canaryRequests, long stableRequests, DiscreteSampler canary, DiscreteSampler stable) {}

  FrequentSource(double onStable, double onCanary) {
    this.onStable = onStable;
    this.onCanary = onCanary;
  }

  @Override
  public void emit(WindowCounts out, double minute, Draws draws) {
    int canary = out.canaryPods();
    var samplers = samplers(out.requests(0), out.requests(canary), draws);
    for (int pod = 0; pod < out.pods(); pod++) {
      if (pod >= canary) {
        out.add(pod, SIGNATURE, samplers.stable().sample());
      } else if (out.requests(pod) > 0) {
        int failures = samplers.canary().sample();
        int fault = (int) Math.round(failures * (1 - onStable / onCanary));
        out.add(pod, SIGNATURE, failures - fault);
        out.addFault(pod, SIGNATURE, fault);
      }
    }
  }

  private Tables samplers(long canaryRequests, long stableRequests, Draws draws) {
    var known = tables;
    if (known == null || known.canaryRequests() != canaryRequests || known.stableRequests() != stableRequests) {
      known = new Tables(canaryRequests, stableRequests, binomial(canaryRequests, onCanary, draws),
          binomial(stableRequests, onStable, draws));
      tables = known;
    }
    return known;
  }

  private static DiscreteSampler binomial(long requests, double probability, Draws draws) {
    return MarsagliaTsangWangDiscreteSampler.Binomial.of(draws.random(), Math.toIntExact(requests), probability);
  }

  @Override
  public double clustersPerRequest(int signature, boolean canary, double minute) {
    return signature == SIGNATURE ? canary ? onCanary : onStable : 0;
  }
}
