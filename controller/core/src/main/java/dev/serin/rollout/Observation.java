package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
import dev.serin.plan.ReplicaRatio;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is seen at one moment.
///
/// @param workload
///          the user's Deployment
/// @param canary
///          the canary Deployment
/// @param attempt
///          the Analysis of the current candidate
/// @param wish
///          what the Rollout's spec asks for
/// @param requests
///          what people ask for by annotations on the Rollout
/// @param tenure
///          whether the Rollout is to stay
/// @param leftovers
///          what must not be there
public record Observation(Workload workload, Canary canary, Attempt attempt, Wish wish, Requests requests,
    Tenure tenure, Leftovers leftovers) {

  boolean leaving() {
    return tenure.leaving();
  }

  /// The steps that a Rollout's spec asks for; used when a candidate starts, frozen then.
  ///
  /// @param explicit
  ///          the steps written down; empty means the default ones
  /// @param minDuration
  ///          of default steps
  /// @param maxDuration
  ///          of default steps
  /// @param refusal
  ///          why the traffic cannot be split so, as a sentence that says what to change
  public record Wish(List<PlannedStep> explicit, Duration minDuration, Duration maxDuration,
      @Nullable String refusal) {

    public Wish {
      explicit = List.copyOf(explicit);
    }

    /// The plan for `stable` desired pods, at least 1.
    List<PlannedStep> steps(int stable) {
      return explicit.isEmpty() ? ReplicaRatio.defaultSteps(stable, minDuration, maxDuration) : explicit;
    }
  }

  /// The Rollout's own life.
  ///
  /// @param guarded
  ///          whether our finalizer keeps it until the canary is gone
  /// @param leaving
  ///          whether it is being deleted
  public record Tenure(boolean guarded, boolean leaving) {}

  /// Things that crashes, people and time leave behind.
  ///
  /// @param stray
  ///          a ReplicaSet with a canary's pods that no canary Deployment owns
  /// @param analysis
  ///          name of the oldest Analysis beyond those that are kept
  public record Leftovers(@Nullable Stray stray, @Nullable String analysis) {

    public static final Leftovers NONE = new Leftovers(null, null);
  }

  /// A ReplicaSet of an orphaned canary. The user's Deployment adopts it and moves stable pods to it.
  ///
  /// @param name
  ///          of the ReplicaSet
  /// @param replicas
  ///          asked for
  /// @param pods
  ///          that still exist
  public record Stray(String name, int replicas, int pods) {}

  /// What people ask for by annotations on the Rollout, word for word. Each is bound to a revision and acts once: acted
  /// on or refused, it is recorded, and means nothing more until it is taken away or changed.
  ///
  /// @param approve
  ///          `<revision>/<step>`, the first step is 1: the step may be left
  /// @param retry
  ///          `<revision>`: its veto is closed
  public record Requests(@Nullable String approve, @Nullable String retry) {

    public static final Requests NONE = new Requests(null, null);

    private static final Pattern APPROVAL = Pattern.compile("([a-z2-7]{10})/([1-9][0-9]?)");

    /// The words that approve a step.
    ///
    /// @param step
    ///          index in the plan, from 0
    static String approval(Revision revision, int step) {
      return revision + "/" + (step + 1);
    }

    /// What is asked for here and was not acted on before.
    Requests beyond(Requests consumed) {
      return new Requests(Objects.equals(approve, consumed.approve) ? null : approve,
          Objects.equals(retry, consumed.retry) ? null : retry);
    }

    boolean approves(Revision revision, int step) {
      return approval(revision, step).equals(approve);
    }

    boolean retries(Revision revision) {
      return revision.value().equals(retry);
    }

    /// Whether the approval may still be wanted: it means this revision, and this step or a later one.
    boolean approvesFrom(Revision revision, int step) {
      Matcher text = APPROVAL.matcher(Objects.requireNonNullElse(approve, ""));
      return text.matches() && text.group(1).equals(revision.value()) && Integer.parseInt(text.group(2)) > step;
    }
  }
}
