package dev.serin.operator.source;

import dev.serin.judge.ExposureKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts signatures in the logs that the API server's `pods/log` delivers.
public final class PodLogSource implements SignatureSource {

  private final PodLogClient client;
  private final InstantSource clock;
  private final SourceMeter meter;
  private final Set<LogCollector> collectors = ConcurrentHashMap.newKeySet();

  /// @param client
  ///          used for logs only, with the JDK's HTTP client, HTTP/2 off (a server's stream cap would stall the hundredth
  ///          log) and no retries; stays the caller's to close
  /// @param clock
  ///          tells when windows end
  /// @param maxStreams
  ///          logs that are followed at once, over all collectors; the rest waits and is missing
  public PodLogSource(KubernetesClient client, InstantSource clock, SourceMeter meter, int maxStreams) {
    this.client = new PodLogClient(client, meter, maxStreams);
    this.clock = clock;
    this.meter = meter;
  }

  @Override
  public BurnIn burnIn(Set<PodTarget> targets, SourcePolicy policy, Instant now) {
    return new BurnInReader(client, clock).read(targets, policy, now);
  }

  @Override
  public WindowCollector collect(SourcePolicy policy, ExposureKind exposure, long afterSequence,
      Runnable onWindowClosed) {
    collectors.removeIf(LogCollector::isClosed);
    var collector = new LogCollector(client, clock, meter, policy, exposure, afterSequence, onWindowClosed);
    collectors.add(collector);
    collector.start();
    return collector;
  }

  @Override
  public void close() {
    collectors.forEach(LogCollector::close);
  }
}
