package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the controller knows and shows. Absent members are written as `null`: a merge patch removes them.
///
/// @param stable
///          absent until the first version is complete
/// @param stableImage
///          image of stable's serving container, what a deployment pipeline waits for; absent with stable
/// @param workloadUid
///          of the Deployment that this speaks of
/// @param candidate
///          absent while the Deployment's template is stable's
/// @param steps
///          absent while no canary is on its way
/// @param verdict
///          the last verdict on this or the last candidate
/// @param promotion
///          present once promotion is decided, until it is complete or taken back
/// @param vetoes
///          at most 10, newest first, unique by revision
/// @param history
///          at most 3 earlier stable revisions, newest first
/// @param requests
///          annotations of people that were acted on or refused last
/// @param sequence
///          rises with every recorded transition
/// @param message
///          one sentence for people
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RolloutStatus(@Nullable Long observedGeneration, @Nullable Revision stable,
    @Nullable String stableImage, @Nullable String workloadUid, @Nullable Candidate candidate, @Nullable Steps steps,
    @Nullable Verdict verdict,
    @Nullable Promotion promotion, List<Veto> vetoes,
    List<Revision> history, @Nullable Requests requests, long sequence, @Nullable String message,
    List<Condition> conditions) {

  /// Before the first visit.
  public static final RolloutStatus EMPTY = new RolloutStatus(null, null, null, null, null, null, null, null,
      List.of(), List.of(), null, 0, null, List.of());

  public RolloutStatus {
    vetoes = List.copyOf(Objects.requireNonNullElse(vetoes, List.of()));
    history = List.copyOf(Objects.requireNonNullElse(history, List.of()));
    conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
  }

  /// A revision that is, or was, stable.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Revision(String revision, @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant since) {

    public Revision {
      revision = Objects.requireNonNullElse(revision, "");
    }
  }

  /// The revision on its way.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Candidate(String revision, CandidateState state,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant since) {

    public Candidate {
      revision = Objects.requireNonNullElse(revision, "");
      state = Objects.requireNonNullElse(state, CandidateState.UNKNOWN);
    }
  }

  /// Where the canary stands.
  ///
  /// @param index
  ///          the step, from 0
  /// @param count
  ///          number of steps
  /// @param weight
  ///          approved share, such as `25%`
  /// @param pods
  ///          canary pods asked for
  /// @param approvedAt
  ///          when the step's weight was approved
  /// @param startedAt
  ///          start of the step; absent until its weight is applied
  /// @param display
  ///          for the printed column, such as `2/3`; never read back
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Steps(int index, int count, @Nullable String weight, @Nullable Integer pods,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant approvedAt,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant startedAt, @Nullable String display) {}

  /// A verdict and the evidence it came from.
  ///
  /// @param window
  ///          sequence number of the last window judged
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Verdict(VerdictType type, @Nullable String reason, @Nullable String message, @Nullable Long window,
      @Nullable String analysisUid) {

    public Verdict {
      type = Objects.requireNonNullElse(type, VerdictType.UNKNOWN);
    }
  }

  /// A decided promotion.
  ///
  /// @param sequence
  ///          the transition that decided it
  /// @param next
  ///          revision that was pushed meanwhile and becomes the candidate afterwards
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Promotion(long sequence, @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant requestedAt,
      @Nullable String next) {}

  /// Values of `serin.dev/approve` and `serin.dev/retry`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Requests(@Nullable String approve, @Nullable String retry) {}

  /// A revision that is not tried again unless a person asks for it.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Veto(String revision, @Nullable String reason,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at, @Nullable String message) {

    public Veto {
      revision = Objects.requireNonNullElse(revision, "");
    }
  }
}
