package dev.serin.sandbox.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The images of a sandbox, as a registry would hold them. Thread-safe.
///
/// Running pods look their version up at each request: defining an image again changes them at once, which is how a test
/// switches a fault on in the middle of a promotion.
public final class Versions {

  private static final int LIMIT = 1000;

  private final InstantSource clock;
  private final Map<String, AppVersion> byImage = new ConcurrentHashMap<>();
  private final Map<String, Instant> firstStart = new ConcurrentHashMap<>();

  public Versions(Collection<AppVersion> versions, InstantSource clock) {
    this.clock = clock;
    versions.forEach(this::define);
  }

  /// Adds a version, or replaces the one of the same image.
  public void define(AppVersion version) {
    if (byImage.size() >= LIMIT) {
      throw new IllegalArgumentException("a sandbox holds at most " + LIMIT + " versions");
    }
    byImage.put(version.image(), version);
  }

  /// The version of an image; empty when no such image exists.
  public Optional<AppVersion> find(String image) {
    return Optional.ofNullable(byImage.get(image));
  }

  /// Notes that a container of the image starts; the first one starts the clock of its faults.
  public void started(String image) {
    firstStart.putIfAbsent(image, clock.instant());
  }

  /// Time since the first container of the image started; zero before.
  public Duration age(String image) {
    Instant now = clock.instant();
    return Duration.between(firstStart.getOrDefault(image, now), now);
  }
}
