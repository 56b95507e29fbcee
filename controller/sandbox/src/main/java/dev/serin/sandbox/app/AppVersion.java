package dev.serin.sandbox.app;

import java.time.Duration;
import java.util.List;

/// What the pods of one image do. An image that no version names cannot be pulled.
///
/// @param image
///          image reference as in the pod's template
/// @param logFormat
///          how request records are written
/// @param logged
///          which requests are logged
/// @param latency
///          typical time to answer; single requests take between half and one and a half of it
/// @param startup
///          what a container does after it started
/// @param errors
///          faults, tried in order: the first that applies to a request decides
public record AppVersion(String image, LogFormat logFormat, LoggedRequests logged, Duration latency, Startup startup,
    List<ErrorRule> errors) {

  public AppVersion {
    if (image.isBlank() || image.length() > 300) {
      throw new IllegalArgumentException("image must have 1..300 characters");
    }
    if (latency.isNegative() || latency.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("latency must be 0..1m, was " + latency);
    }
    errors = List.copyOf(errors);
  }

  /// A version without faults that logs every request as JSON and answers in about 2 ms.
  public static AppVersion healthy(String image) {
    return new AppVersion(image, LogFormat.JSON, LoggedRequests.ALL, Duration.ofMillis(2), Startup.READY, List.of());
  }

  /// The same version with these faults instead.
  public AppVersion withErrors(ErrorRule... rules) {
    return new AppVersion(image, logFormat, logged, latency, startup, List.of(rules));
  }

  /// The same version that starts in another way.
  public AppVersion withStartup(Startup kind) {
    return new AppVersion(image, logFormat, logged, latency, kind, errors);
  }

  /// The same version that logs in another way.
  public AppVersion withLogs(LogFormat format, LoggedRequests requests) {
    return new AppVersion(image, format, requests, latency, startup, errors);
  }
}
