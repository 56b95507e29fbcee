package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;

/// The Analysis of the current candidate as it was read.
///
/// @param object
///          read live
record AnalysisSight(Analysis object) {

  String uid() {
    return object.getMetadata().getUid();
  }

  AnalysisSpec spec() {
    return object.getSpec();
  }

  AnalysisStatus status() {
    AnalysisStatus status = object.getStatus();
    return status == null ? AnalysisStatus.EMPTY : status;
  }
}
