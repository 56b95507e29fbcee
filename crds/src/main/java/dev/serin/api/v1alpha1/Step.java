package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One rung on the way to the new version.
///
/// @param weight
///          share of the traffic, above `0%`, at most `100%`
/// @param minDuration
///          shortest time at this step
/// @param maxDuration
///          longest time at this step
/// @param pause
///          what the step waits for at its end; absent: nothing
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(String weight, String minDuration, String maxDuration, @Nullable Pause pause) {

  public Step {
    weight = Objects.requireNonNullElse(weight, "");
    minDuration = Objects.requireNonNullElse(minDuration, "2m");
    maxDuration = Objects.requireNonNullElse(maxDuration, "30m");
  }

  /// [#weight()] in parts per million.
  public int weightValue() {
    return WeightText.parse(weight);
  }

  public Duration minDurationValue() {
    return DurationText.parse(minDuration);
  }

  public Duration maxDurationValue() {
    return DurationText.parse(maxDuration);
  }
}
