package dev.serin.operator.source;

import dev.serin.judge.Window;
import dev.serin.signature.Signature;
import java.util.List;
import java.util.Optional;

/// A window that will not change any more.
///
/// @param window
///          the counts of every pod whose log is proven for the whole window
/// @param discovered
///          signatures that this collector had not reported before, or not with this text
/// @param late
///          lines dropped since the window before, because their own window had closed
/// @param incompleteBecause
///          one sentence, present exactly if the window is incomplete
public record ClosedWindow(Window window, List<Signature> discovered, long late, Optional<String> incompleteBecause) {

  public ClosedWindow {
    discovered = List.copyOf(discovered);
  }
}
