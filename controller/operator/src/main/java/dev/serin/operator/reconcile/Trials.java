package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.source.SignatureSource;
import dev.serin.operator.source.SourcePolicy;
import dev.serin.signature.tenant.TenantKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The trials that this process follows, by Rollout.
final class Trials {

  private final SignatureSource source;
  private final TenantKey tenantKey;
  private final Consumer<Rollout> windowClosed;
  private final Consumer<Rollout> resumed;
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();

  private record Followed(String analysisUid, Trial trial) {}

  /// @param windowClosed
  ///          called on a thread of the source
  /// @param resumed
  ///          called when recorded evidence of another process is taken up, whose open windows are lost
  Trials(SignatureSource source, TenantKey tenantKey, Consumer<Rollout> windowClosed, Consumer<Rollout> resumed) {
    this.source = source;
    this.tenantKey = tenantKey;
    this.windowClosed = windowClosed;
    this.resumed = resumed;
  }

  /// The trial of this Analysis; one of an earlier Analysis ends.
  ///
  /// @throws EvidenceUnreadable
  ///           when the recorded evidence is damaged; nothing is followed then
  Trial follow(Rollout rollout, AnalysisSight analysis) {
    return followed.compute(key(rollout), (_, current) -> {
      if (current != null && current.analysisUid().equals(analysis.uid())) {
        return current;
      }
      Trial.Recorded evidence = Trial.Recorded.of(analysis);
      if (current != null) {
        current.trial().close();
      }
      Long recorded = analysis.status().windowSequence();
      var collector = source.collect(
          new SourcePolicy(analysis.spec().windowValue(), analysis.spec().warmupValue(),
              Frozen.rules(analysis.spec().logs()),
              Frozen.tenants(analysis.spec().logs()), Frozen.tenantKey(analysis.spec().logs(), tenantKey),
              Frozen.groups(analysis.spec(), analysis.status()), Frozen.byTenant(analysis.spec())),
          Frozen.exposure(analysis.spec().exposureKind()), recorded == null ? -1 : recorded,
          () -> windowClosed.accept(rollout));
      if (recorded != null) {
        resumed.accept(rollout);
      }
      return new Followed(analysis.uid(), Trial.resume(evidence, collector));
    }).trial();
  }

  /// By name: where a Rollout was replaced by another of its name, the trial of the one before ends.
  private static String key(Rollout rollout) {
    return rollout.getMetadata().getNamespace() + "/" + rollout.getMetadata().getName();
  }

  /// Ends the trial of a Rollout, if there is one.
  void end(Rollout rollout) {
    Followed ended = followed.remove(key(rollout));
    if (ended != null) {
      ended.trial().close();
    }
  }
}
