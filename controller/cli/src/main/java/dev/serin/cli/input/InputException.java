package dev.serin.cli.input;

/// Input that cannot be used. The message names the file or line, says what is wrong, and what to change; what it quotes of the input is
/// safe to show.
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InputException(String message) {
    super(Printable.lines(message));
  }
}
