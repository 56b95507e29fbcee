package dev.serin.sandbox.scenario;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.api.v1alpha1.VerdictType;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The Rollout's status, asked the questions of a player.
record RolloutView(RolloutStatus status) {

  Optional<String> stable() {
    return Optional.ofNullable(status.stable()).map(RolloutStatus.Revision::revision);
  }

  /// Whether a decision was taken since `before`: to promote, or to roll back.
  boolean decidedSince(RolloutView before) {
    return promotedSince(before) || rolledBackSince(before)
        || (status.promotion() != null && before.status.promotion() == null);
  }

  /// Whether another revision is stable now and nothing is under way.
  boolean promotedSince(RolloutView before) {
    return !stable().equals(before.stable()) && status.candidate() == null;
  }

  /// Whether another revision was vetoed.
  boolean rolledBackSince(RolloutView before) {
    return !before.vetoes().containsAll(vetoes());
  }

  /// Whether stable serves alone again after a rollback.
  boolean rolledBack() {
    return status.candidate() != null && status.candidate().state() == CandidateState.ROLLED_BACK;
  }

  /// Why it was decided so: the sentence of the new veto, or of the verdict that promoted; without either the status' own.
  /// The status' own tells what goes on just then, and a moment after the decision that is how far Kubernetes has come.
  String sentence(RolloutView before) {
    return status.vetoes().stream().filter(veto -> !before.vetoes().contains(veto.revision()))
        .map(RolloutStatus.Veto::message).filter(Objects::nonNull).findFirst()
        .or(this::advanced)
        .orElseGet(() -> Objects.requireNonNullElse(status.message(), ""));
  }

  private Optional<String> advanced() {
    return Optional.ofNullable(status.verdict()).filter(verdict -> verdict.type() == VerdictType.ADVANCE)
        .map(RolloutStatus.Verdict::message);
  }

  Progress.Changed progress() {
    RolloutStatus.Steps steps = status.steps();
    String state = status.candidate() == null ? "Stable" : camelCase(status.candidate().state());
    return new Progress.Changed(state, steps == null ? "" : Objects.requireNonNullElse(steps.display(), ""),
        steps == null ? "" : Objects.requireNonNullElse(steps.weight(), ""),
        Objects.requireNonNullElse(status.message(), ""));
  }

  private Set<String> vetoes() {
    return status.vetoes().stream().map(RolloutStatus.Veto::revision).collect(Collectors.toSet());
  }

  private static String camelCase(CandidateState state) {
    StringBuilder text = new StringBuilder();
    for (String word : state.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
