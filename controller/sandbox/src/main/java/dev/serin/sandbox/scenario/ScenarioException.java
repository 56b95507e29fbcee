package dev.serin.sandbox.scenario;

/// A scenario file that cannot be played. The message names the place and says what to change.
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScenarioException(String path, String whatToChange) {
    super(path + ": " + whatToChange);
  }
}
