package dev.serin.operator.source;

import dev.serin.judge.ExposureKind;
import dev.serin.judge.Window;
import dev.serin.signature.Signature;
import java.time.Instant;
import java.util.List;

/// What stable's logs and exits say about the time before the canary.
///
/// @param from
///          begin of the oldest log that was read; equal to `to` when nothing was
/// @param to
///          when reading began
/// @param covered
///          whether at least one pod's log was read; if not, nothing is known and every signature is novel
/// @param exposure
///          what the rates are counted by, for both arms and the whole rollout
/// @param requests
///          request records, failed ones included
/// @param failures
///          failed request records if the exposure is requests, else error records
/// @param podSeconds
///          seconds of log that were read, summed over pods
/// @param observed
///          the known signatures by ID, with at least one event each
/// @param windows
///          what each pod did in each window that its log covers, in order: it shows how events cluster
public record BurnIn(Instant from, Instant to, boolean covered, ExposureKind exposure, long requests, long failures,
    double podSeconds, List<Observed> observed, List<Window> windows) {

  public BurnIn {
    observed = List.copyOf(observed);
    windows = List.copyOf(windows);
  }

  /// A signature that stable has shown.
  ///
  /// @param events
  ///          at least 1
  /// @param nameless
  ///          those of them that showed no tenant, at most all
  public record Observed(Signature signature, long events, long nameless) {

    private static final long ENOUGH = 10;

    /// Whether it can be relied on that its records show their tenants. What is folded takes in texts that nobody has seen yet.
    public boolean namesTenants() {
      return events >= ENOUGH && nameless == 0 && !signature.folded();
    }
  }
}
