package dev.serin.cli.judge;

import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.cli.input.InputException;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Verdict;
import dev.serin.judge.VerdictSentence;
import dev.serin.judge.Window;
import dev.serin.operator.record.Rulings;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run: evidence over its windows. Once it is decided, only the order of its lines is still checked.
final class JudgedRun {

  /// More missing windows in a row are taken for a mistake in the numbers.
  static final long LARGEST_GAP = 100_000;
  /// Later ones would leave the range of instants.
  private static final long LARGEST_WINDOW = 1_000_000_000_000L;

  private final String name;
  private final RunPolicy asked;
  private final Duration length;
  private final Policy policy;
  private long last = -1;
  private boolean begun;
  private @Nullable Evidence evidence;
  private @Nullable Long firstAdvance;
  private @Nullable RunReport report;

  /// @throws InputException
  ///           if the first line asks for windows that the policy does not allow
  JudgedRun(RunLine.Counts first, RunPolicy asked) {
    this.name = first.run();
    this.asked = asked;
    this.length = Duration.ofSeconds(first.seconds());
    asked.window().filter(wanted -> !wanted.equals(length)).ifPresent(wanted -> {
      throw wrong(first, "has " + first.seconds() + " seconds, but window is " + wanted.toSeconds()
          + "s in the policy");
    });
    try {
      this.policy = asked.of(length);
    } catch (IllegalArgumentException e) {
      throw wrong(first, "cannot be judged: " + e.getMessage());
    }
    this.evidence = Evidence.initial(policy);
  }

  /// Whether a verdict has ended the run before its last line.
  boolean decided() {
    return evidence == null;
  }

  /// What the last window led to. There is one: a run begins with a window.
  RunReport report() {
    if (report == null) {
      throw new IllegalStateException("run " + name + " has no window");
    }
    return report;
  }

  /// Folds a window of a run that is not decided; else only checks that it comes in order.
  ///
  /// @throws InputException
  ///           if it is not a later window of the same length
  void take(RunLine.Counts line) {
    check(line);
    if (evidence != null) {
      Evidence folded = evidence;
      for (long missing = firstExpected(line); missing < line.window(); missing++) {
        folded = Judge.judge(folded, window(missing, List.of(), List.of(), false, !begun), policy).evidence();
      }
      judge(folded, window(line.window(), line.canary(), line.baseline(), line.complete(), line.burnIn()));
    }
    last = line.window();
  }

  /// A run may begin with any number.
  private long firstExpected(RunLine.Counts line) {
    return last < 0 ? line.window() : last + 1;
  }

  private void judge(Evidence before, Window window) {
    if (!window.burnIn() && !begun) {
      begun = true;
      before = before.startStep(asked.step().from(window.start()));
    }
    var judgement = Judge.judge(before, window, policy);
    evidence = judgement.evidence();
    Verdict verdict = judgement.verdict();
    if (Rulings.type(verdict) == VerdictType.ADVANCE && firstAdvance == null) {
      firstAdvance = window.sequence();
    }
    if (firstAdvance != null) {
      verdict = Rulings.whenPassed(verdict);
    }
    report = new RunReport(name, window.sequence(), verdict, VerdictSentence.of(verdict, SignatureId::value, policy),
        evidence.strength(), firstAdvance);
    boolean ended = switch (Rulings.type(verdict)) {
      case ROLL_BACK -> true;
      case ADVANCE -> asked.advanceEnds();
      case HOLD, NO_DATA, INCONCLUSIVE, UNKNOWN -> false;
    };
    if (ended) {
      evidence = null;
    }
  }

  private Window window(long sequence, List<PodCounts> canary, List<PodCounts> baseline,
      boolean complete, boolean burnIn) {
    return new Window(sequence, Instant.EPOCH.plusSeconds(sequence * length.toSeconds()), length, canary, baseline,
        complete, burnIn);
  }

  private void check(RunLine.Counts line) {
    if (line.window() > LARGEST_WINDOW) {
      throw wrong(line, "has too large a number: at most " + LARGEST_WINDOW);
    }
    if (line.seconds() != length.toSeconds()) {
      throw wrong(line, "has " + line.seconds() + " seconds, the windows before it have " + length.toSeconds());
    }
    if (line.window() == last) {
      throw wrong(line, "was given before");
    }
    if (line.window() < last) {
      throw wrong(line, "comes after window " + last + ": the windows of a run must be in order");
    }
    if (last >= 0 && line.window() - last - 1 > LARGEST_GAP) {
      throw wrong(line, "comes after window " + last + ": at most " + LARGEST_GAP + " windows may be missing");
    }
    if (line.burnIn() && begun) {
      throw wrong(line, "is a burn-in, which must come before the canary's first window");
    }
  }

  private static InputException wrong(RunLine.Counts line, String message) {
    return new InputException("line " + line.number() + ": window " + line.window() + " of run " + line.run() + " "
        + message);
  }
}
