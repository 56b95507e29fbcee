package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Counts, evidence and verdict, folded over closed windows and written in one compare-and-swap. Absent members are
/// written as
/// `null`: a merge patch removes them.
///
/// @param windowSequence
///          sequence number of the last window folded in
/// @param evidence
///          the judge's whole state, encoded, at most 128 KiB
/// @param signatures
///          at most 50, strongest evidence first; for people: judging goes on without them
/// @param renames
///          at most 50; judging goes on with them
/// @param modelSuspect
///          why the stable pods are not taken for alike, as a sentence; absent while they are
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AnalysisStatus(@Nullable Long windowSequence, @Nullable CurrentStep step, @Nullable Windows windows,
    @Nullable Verdict verdict, @Nullable String evidence, List<SignatureSummary> signatures,
    List<Rename> renames, @Nullable Exposure exposure, @Nullable String modelSuspect) {

  /// Before the first window.
  public static final AnalysisStatus EMPTY = new AnalysisStatus(null, null, null, null, null, List.of(), List.of(),
      null, null);

  public AnalysisStatus {
    signatures = List.copyOf(Objects.requireNonNullElse(signatures, List.of()));
    renames = List.copyOf(Objects.requireNonNullElse(renames, List.of()));
  }

  /// The step under judgement, from 0.
  ///
  /// @param passedAt
  ///          when a verdict first allowed leaving it
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record CurrentStep(int index, @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant startedAt,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant passedAt) {}

  /// Windows so far, and log lines that came too late.
  ///
  /// @param complete
  ///          folded into the evidence
  /// @param missing
  ///          dropped for both arms
  /// @param late
  ///          lines that arrived after their window had closed
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Windows(long complete, long missing, long late) {}

  /// The verdict and when it was reached.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Verdict(VerdictType type, @Nullable String reason, @Nullable String message,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at, @Nullable Long window) {

    public Verdict {
      type = Objects.requireNonNullElse(type, VerdictType.UNKNOWN);
    }
  }

  /// One signature's counts.
  ///
  /// @param placeHash
  ///          where texts that differ from it in names only count as it; absent where none does
  /// @param logEvidence
  ///          natural logarithm of its e-value, three decimals
  /// @param place
  ///          where it comes from: `404 GET /communities/{}`, a logger or a chain of exceptions; absent where no process saw it
  /// @param novel
  ///          whether it is news: often enough on the canary, and never on stable
  /// @param canary
  ///          when, where and to whom it happened on the canary; absent where no process saw it
  /// @param baseline
  ///          the same on stable
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignatureSummary(String id, String template, long canaryEvents, long baselineEvents,
      @Nullable String placeHash, String logEvidence, @Nullable String place, boolean novel,
      @Nullable Sighting canary, @Nullable Sighting baseline) {

    private static final double LARGEST = 999_999;

    public SignatureSummary {
      id = Objects.requireNonNullElse(id, "");
      template = Objects.requireNonNullElse(template, "");
      logEvidence = Objects.requireNonNullElse(logEvidence, "0");
    }

    /// Counts and evidence alone. Rounds the evidence to three decimals; what is infinite is cut at 999,999, or the API server would refuse it.
    ///
    /// @throws IllegalArgumentException
    ///           when the evidence is not a number
    public static SignatureSummary of(String id, String template, long canaryEvents, long baselineEvents,
        double logEvidence) {
      if (Double.isNaN(logEvidence)) {
        throw new IllegalArgumentException("evidence of " + id + " is not a number");
      }
      var rounded = BigDecimal.valueOf(Math.clamp(logEvidence, -LARGEST, LARGEST)).setScale(3, RoundingMode.HALF_EVEN);
      return new SignatureSummary(id, template, canaryEvents, baselineEvents, null, rounded.toPlainString(),
          null, false, null, null);
    }

    /// The same counts, with the hash of its place.
    public SignatureSummary at(@Nullable String hash) {
      return new SignatureSummary(id, template, canaryEvents, baselineEvents, hash, logEvidence, place, novel, canary,
          baseline);
    }

    /// The same counts, with what helps people to find the cause.
    public SignatureSummary told(@Nullable String where, boolean news,
        @Nullable Sighting onCanary, @Nullable Sighting onBaseline) {
      return new SignatureSummary(id, template, canaryEvents, baselineEvents, placeHash, logEvidence, where, news,
          onCanary,
          onBaseline);
    }
  }

  /// A signature of the canary that is one of stable in other words.
  ///
  /// @param id
  ///          its new name
  /// @param formerly
  ///          its old one, under which its events count
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Rename(String id, String formerly) {

    public Rename {
      id = Objects.requireNonNullElse(id, "");
      formerly = Objects.requireNonNullElse(formerly, "");
    }
  }

  /// A signature on one arm, in all windows, those that count for nothing included.
  ///
  /// @param pods
  ///          on how many pods, at most 64
  /// @param tenants
  ///          about how many tenants it hit; absent where records name none
  /// @param mostHit
  ///          the tenants with the most events, at most three, as `t-3fa9c1`: no names
  /// @param samples
  ///          at most three records with shapes in place of what varies; of the first signatures only
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Sighting(@Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant firstSeen,
      @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING) Instant lastSeen, int pods, @Nullable Long tenants,
      List<String> mostHit, List<String> samples) {

    public Sighting {
      mostHit = List.copyOf(Objects.requireNonNullElse(mostHit, List.of()));
      samples = List.copyOf(Objects.requireNonNullElse(samples, List.of()));
    }
  }

  /// Requests, or pod-seconds, of each arm in complete windows.
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Exposure(long canary, long baseline) {}
}
