package dev.serin.sandbox.load;

/// How much load, by whom.
///
/// @param requestsPerSecond
///          1..5000, sent at even distances whatever the answers do
/// @param tenants
///          1..100000, named `tenant-1`, `tenant-2`, …
/// @param zipf
///          exponent, 0..3: tenant k sends a share proportional to k^-zipf; 0 makes all equal
/// @param keepAlive
///          requests per connection, 1..100000; a new connection may reach another pod
/// @param connections
///          open at the same time, 1..500
/// @param seed
///          of the order of tenants and paths
public record LoadPlan(int requestsPerSecond, int tenants, double zipf, int keepAlive, int connections, long seed) {

  public LoadPlan {
    require("requestsPerSecond", requestsPerSecond, 1, 5000);
    require("tenants", tenants, 1, 100_000);
    require("zipf", zipf, 0, 3);
    require("keepAlive", keepAlive, 1, 100_000);
    require("connections", connections, 1, 500);
  }

  /// This rate with 200 tenants, Zipf exponent 0.8, 20 requests per connection and 24 connections.
  public static LoadPlan ofRate(int requestsPerSecond) {
    return new LoadPlan(requestsPerSecond, 200, 0.8, 20, 24, 1);
  }

  private static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be %s..%s, was %s".formatted(name, number(least), number(most), number(value)));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
