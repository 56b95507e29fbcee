package dev.serin.operator.record;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;

/// The Analysis of the current candidate as it was read.
///
/// @param object
///          read live
public record AnalysisSight(Analysis object) {

  public String uid() {
    return object.getMetadata().getUid();
  }

  public AnalysisSpec spec() {
    return object.getSpec();
  }

  /// Empty before the first window.
  public AnalysisStatus status() {
    AnalysisStatus status = object.getStatus();
    return status == null ? AnalysisStatus.EMPTY : status;
  }
}
