package dev.serin.rollout;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
