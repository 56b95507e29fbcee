package dev.serin.sandbox.load;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one arm of one image answered.
///
/// @param image
///          image of the pods
/// @param arm
///          `stable`, `canary` or `baseline`
/// @param requests
///          answers
/// @param failed
///          answers with a status of 400 or more
/// @param firstFailure
///          when the first of them came, or null
/// @param last
///          when the latest answer came
public record Tally(String image, String arm, long requests, long failed, @Nullable Instant firstFailure,
    Instant last) {

  Tally plus(int status, Instant now) {
    boolean bad = status >= 400;
    Instant first = bad && firstFailure == null ? now : firstFailure;
    return new Tally(image, arm, requests + 1, bad ? failed + 1 : failed, first, now);
  }
}
