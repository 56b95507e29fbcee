package dev.serin.operator.source;

import java.time.Instant;
import java.util.List;

/// When, where and to whom a signature happened on one arm, as far as this process saw it. For people; it decides nothing.
///
/// @param events
///          records, those of windows that count for nothing too, or exits; at least 1
/// @param firstSeen
///          by the runtime's clock
/// @param lastSeen
///          not before `firstSeen`
/// @param pods
///          names of the pods, at most 64
/// @param windows
///          windows it fell into, at least 1
/// @param tenants
///          about how many tenants it hit; 0 where records name none
/// @param mostHit
///          the tenants with the most events, at most three: `t-3fa9c1`
/// @param samples
///          at most three records, none of an exit, shapes in place of what varies, at most 512 bytes each
public record Sighting(long events, Instant firstSeen, Instant lastSeen, List<String> pods, int windows, long tenants,
    List<String> mostHit, List<String> samples) {

  public Sighting {
    pods = List.copyOf(pods);
    mostHit = List.copyOf(mostHit);
    samples = List.copyOf(samples);
  }
}
