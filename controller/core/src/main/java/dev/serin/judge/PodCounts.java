package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one ready pod did in one window.
///
/// @param pod
///          the pod's name, unique in its arm
/// @param exposure
///          requests or pod-seconds, finite and at least 0; 0 means "no traffic", which is not health
/// @param failures
///          total errors: failed requests, or error records where requests are not counted; at least 0
/// @param events
///          events by signature, each at least 0; signatures without events may be absent
public record PodCounts(String pod, double exposure, long failures, SortedMap<SignatureId, Long> events) {

  /// Longest signature ID that is accepted, in characters: it bounds the size of a snapshot.
  static final int MAX_ID_LENGTH = 64;

  public PodCounts {
    if (pod.isBlank()) {
      throw new IllegalArgumentException("pod name must not be blank");
    }
    if (!(exposure >= 0 && exposure < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("exposure of pod " + pod + " must be finite and at least 0, was " + exposure);
    }
    if (failures < 0) {
      throw new IllegalArgumentException("failures of pod " + pod + " must be at least 0, was " + failures);
    }
    events = Collections.unmodifiableSortedMap(new TreeMap<>(events));
    events.forEach((signature, count) -> {
      if (checkedId(signature) && count < 0) {
        throw new IllegalArgumentException("events of " + signature + " must be at least 0, was " + count);
      }
    });
  }

  static boolean checkedId(SignatureId signature) {
    if (signature.value().length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "signature ID must have at most " + MAX_ID_LENGTH + " characters, had " + signature.value().length());
    }
    return true;
  }
}
