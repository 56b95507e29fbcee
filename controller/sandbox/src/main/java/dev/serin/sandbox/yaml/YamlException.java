package dev.serin.sandbox.yaml;

/// A file that is not what it should be. The message names the place and says what to change.
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param path         place in the file, such as `pushes[1].at`
  /// @param whatToChange the rest of the sentence
  public YamlException(String path, String whatToChange) {
    super(path + ": " + whatToChange);
  }
}
