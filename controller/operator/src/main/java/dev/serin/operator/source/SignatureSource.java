package dev.serin.operator.source;

import dev.serin.judge.ExposureKind;
import java.time.Instant;
import java.util.Set;

/// Delivers signature counts. Implementations are safe for use by many Rollouts at once.
public interface SignatureSource extends AutoCloseable {

  /// Reads stable's logs back, at most one hour and in bounded time. Never throws for a source that fails: the answer says
  /// what it covers. Whatever it reads, collectors get their answers in time.
  ///
  /// @param targets
  ///          the pods of the running version; those of the canary's arm are left out, since what the new version logs is
  ///          nobody's past
  /// @param now
  ///          end of the time that is read
  BurnIn burnIn(Set<PodTarget> targets, SourcePolicy policy, Instant now);

  /// Starts counting. Nothing is followed before the first [WindowCollector#follow].
  ///
  /// @param exposure
  ///          what the burn-in chose
  /// @param afterSequence
  ///          windows up to this one are never reported
  /// @param onWindowClosed
  ///          called on a thread of the source after windows closed; must return soon
  WindowCollector collect(SourcePolicy policy, ExposureKind exposure, long afterSequence, Runnable onWindowClosed);

  /// Ends every collector.
  @Override
  void close();
}
