package dev.serin.sandbox.load;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the clients saw so far.
///
/// @param tallies
///          answers by image and arm
/// @param unanswered
///          requests that got no answer: refused, reset or timed out
/// @param skipped
///          requests that were not sent because all connections were busy
/// @param problems
///          texts of the first 20 unanswered requests
public record LoadReport(List<Tally> tallies, long unanswered, long skipped, List<String> problems) {

  public LoadReport {
    tallies = List.copyOf(tallies);
    problems = List.copyOf(problems);
  }

  /// All answers.
  public long requests() {
    return tallies.stream().mapToLong(Tally::requests).sum();
  }

  /// Answers with a status of 400 or more, and requests without an answer.
  public long failed() {
    return tallies.stream().mapToLong(Tally::failed).sum() + unanswered;
  }

  /// Answers of all arms of an image.
  public long requests(String image) {
    return of(image).mapToLong(Tally::requests).sum();
  }

  /// Failed answers of all arms of an image.
  public long failed(String image) {
    return of(image).mapToLong(Tally::failed).sum();
  }

  /// When an image first answered with a status of 400 or more because of a fault that the filter accepts.
  ///
  /// @param faults filter on the fault's message
  public Optional<Instant> firstFailure(String image, Predicate<String> faults) {
    return of(image).flatMap(tally -> tally.failures().entrySet().stream())
        .filter(failures -> faults.test(failures.getKey()))
        .map(failures -> failures.getValue().first())
        .min(Instant::compareTo);
  }

  /// Failed answers of an image because of faults that the filter accepts.
  public long failed(String image, Predicate<String> faults) {
    return of(image).flatMap(tally -> tally.failures().entrySet().stream())
        .filter(failures -> faults.test(failures.getKey()))
        .mapToLong(failures -> failures.getValue().count())
        .sum();
  }

  /// When a canary pod of an image last answered.
  public Optional<Instant> lastCanaryAnswer(String image) {
    return tallies.stream()
        .filter(tally -> tally.image().equals(image) && tally.arm().equals("canary"))
        .map(Tally::last)
        .max(Instant::compareTo);
  }

  private Stream<Tally> of(String image) {
    return tallies.stream().filter(tally -> tally.image().equals(image));
  }
}
