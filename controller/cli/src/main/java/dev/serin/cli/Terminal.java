package dev.serin.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/// Where the demo writes: lines that stay, and on a real terminal one line at the bottom that is overwritten.
final class Terminal {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean live;
  private String bottom = "";

  /// @param live whether escape sequences may be used; otherwise nothing but plain lines is written
  Terminal(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /// Standard output: live if it is a terminal and the environment does not say otherwise.
  static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean wanted = !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
    return new Terminal(System.out, terminal && wanted);
  }

  boolean live() {
    return live;
  }

  /// Writes a line that stays.
  void line(String text) {
    out.println(live ? CLEAR_LINE + text : text);
    bottom(bottom);
  }

  /// Replaces the line at the bottom; an empty text removes it. Without a live terminal nothing is written.
  void bottom(String text) {
    bottom = text;
    if (live) {
      out.print(CLEAR_LINE + text);
    }
    out.flush();
  }

  String bold(String text) {
    return style("1", text);
  }

  String good(String text) {
    return style("32", text);
  }

  String bad(String text) {
    return style("31", text);
  }

  String faint(String text) {
    return style("2", text);
  }

  private String style(String code, String text) {
    return live ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
