package dev.serin.sandbox.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Draws the tenant of the next request, and what it asks for. Not thread-safe.
final class Tenants {

  private static final int COMMUNITIES_PER_TENANT = 10;

  private final double[] cumulative;
  private final SplittableRandom random;

  Tenants(LoadPlan plan) {
    random = new SplittableRandom(plan.seed());
    cumulative = new double[plan.tenants()];
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += StrictMath.pow(k + 1.0, -plan.zipf());
      cumulative[k] = sum;
    }
  }

  Call next() {
    int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
    int tenant = 1 + (found < 0 ? Math.min(-found - 1, cumulative.length - 1) : found);
    int community = tenant * 1000 + random.nextInt(COMMUNITIES_PER_TENANT);
    int kind = random.nextInt(10);
    String path = kind < 6
        ? "/communities/" + community
        : kind < 9 ? "/communities/" + community + "/posts" : "/posts";
    return new Call("tenant-" + tenant, path);
  }

  /// One request to be sent.
  record Call(String tenant, String path) {}
}
