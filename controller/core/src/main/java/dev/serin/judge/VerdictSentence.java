package dev.serin.judge;

import dev.serin.judge.Verdict.Progress;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.Function;

/// Says in plain English what a verdict is, why, and with which numbers: one sentence, two at most.
public final class VerdictSentence {

  /// Longest quoted template, in characters.
  public static final int MAX_TEMPLATE = 160;

  private static final String BACK = ". Traffic is back on stable.";
  private static final double LARGEST_ODDS = 1e6;

  private final Function<SignatureId, String> templateOf;
  private final ExposureKind kind;

  private VerdictSentence(Function<SignatureId, String> templateOf, ExposureKind kind) {
    this.templateOf = templateOf;
    this.kind = kind;
  }

  /// The sentence of a verdict.
  ///
  /// @param templateOf
  ///          template of a signature; any text is safe: it is shortened, and what could deceive a reader is replaced
  /// @param kind
  ///          what the exposures of the verdict count
  public static String of(Verdict verdict, Function<SignatureId, String> templateOf, ExposureKind kind) {
    var sentence = new VerdictSentence(templateOf, kind);
    return switch (verdict) {
      case Verdict.RollBack rollBack -> sentence.rollBack(rollBack);
      case Verdict.Hold hold -> sentence.hold(hold);
      case Verdict.NoData(var arm, var windows, var otherExposure) -> sentence.noData(arm, windows, otherExposure);
      case Verdict.Advance(var progress) -> sentence.advance(progress);
      case Verdict.Inconclusive(var then, var progress) -> "Inconclusive: after " + sentence.effort(progress)
          + " the evidence against the canary is " + odds(progress.logG()) + "; " + odds(progress.logThreshold())
          + " rolls it back. " + then(then);
    };
  }

  private String rollBack(Verdict.RollBack verdict) {
    return "Rolled back: " + switch (verdict.reason()) {
      case SIGNATURE_REGRESSED -> regressed(verdict);
      case SINGLE_POD -> regressed(verdict) + "; with a single canary pod, a bad node would look the same";
      case ONE_BAD_POD -> regressed(verdict) + "; only one of the canary's pods is bad, but it stayed bad";
      case ALL_REQUESTS_FAIL -> {
        var total = verdict.suspects().getFirst();
        yield "all of the last " + whole(total.canaryExposure()) + " requests to the canary failed, against "
            + whole(total.baselineEvents()) + " of " + whole(total.baselineExposure()) + " on stable";
      }
      case CRASH_LOOP -> {
        var pod = verdict.pods().getFirst();
        int more = verdict.pods().size() - 1;
        yield "canary pod " + clean(pod.pod()) + (more == 0 ? " is" : " and " + more + " more are")
            + " in a crash loop ("
            + (pod.waitingReason() == null ? "" : clean(pod.waitingReason()) + ", ")
            + count(pod.restarts(), "restart") + ")";
      }
    } + BACK;
  }

  private String advance(Progress progress) {
    return "Advancing: " + switch (progress.advance().rule()) {
      case UNSUSPECTED -> "nothing speaks against the canary after " + effort(progress)
          + ", in which stable's rate would give " + counted(progress.expectedEvents(), "error");
      case PROVEN -> "after " + effort(progress) + " it is proven that the canary's errors are less than "
          + ratio(progress.advance().worstRatio()) + " times as frequent as stable's, or too rare to matter; they are "
          + interval(progress);
    } + caveat() + ".";
  }

  /// As "0.97 times as frequent (0.62 to 1.5)".
  private static String interval(Progress progress) {
    var found = progress.strength().ratio();
    return ratio(found.estimate()) + " times as frequent" + between(found);
  }

  private static String between(Verdict.Ratio found) {
    if (found.low() == 0 && found.high() == Double.POSITIVE_INFINITY) {
      return "";
    }
    return found.high() == Double.POSITIVE_INFINITY
        ? " (at least " + ratio(found.low()) + ")"
        : " (" + ratio(found.low()) + " to " + ratio(found.high()) + ")";
  }

  private String regressed(Verdict.RollBack verdict) {
    var suspect = verdict.suspects().getFirst();
    var canary = " on the canary (" + whole(suspect.canaryEvents()) + per() + whole(suspect.canaryExposure()) + " "
        + unit() + ")";
    var stable = " on stable (" + whole(suspect.baselineEvents()) + per() + whole(suspect.baselineExposure()) + ")";
    return subject(suspect.signature())
        + (suspect.baselineEvents() == 0
            ? canary + " and not" + stable
            : " " + ratio(suspect.rateRatio()) + " times as often"
                + (suspect.signature().equals(Evidence.TOTAL_ERRORS) ? between(verdict.strength().ratio()) : "")
                + canary + " as" + stable)
        + caveat();
  }

  private String subject(SignatureId signature) {
    if (signature.equals(Evidence.TOTAL_ERRORS)) {
      return "errors of all kinds together occur";
    }
    if (signature.equals(Evidence.OTHER)) {
      return "errors of rare kinds occur";
    }
    return "\"" + clean(templateOf.apply(signature)) + "\" occurs";
  }

  private String hold(Verdict.Hold hold) {
    var progress = hold.progress();
    return "Holding: " + switch (hold.reason()) {
      case COLLECTING -> "this step still needs " + needs(progress);
      case SUSPICIOUS -> "the evidence against the canary is " + odds(progress.logG())
          + suspicion(progress.strength());
      case INCOMPLETE_WINDOW ->
        "a pod was not watched for the whole window, which counts nothing; " + soFar(progress);
      case ONE_BAD_POD -> "the evidence against the canary is " + odds(progress.logG()) + ", but rests on pod "
          + clean(String.join(", ", hold.pods()))
          + " alone; replace it, on another node";
      case WARMING_UP ->
        "all pods of an arm are younger than the warm-up, so this window counts nothing; " + soFar(progress);
      case BURN_IN -> "the canary has not started";
      case IDLE -> "at least one arm had no traffic in this window; " + soFar(progress);
      case ALREADY_JUDGED -> "this window is older than the evidence and was ignored; " + soFar(progress);
    } + ".";
  }

  private static String suspicion(Verdict.Strength strength) {
    if (strength.logG() < strength.logThreshold()) {
      return "; " + odds(strength.logThreshold()) + " rolls it back";
    }
    return strength.logGwin() < Charge.LOG_CAUTIOUS
        ? ", but only " + odds(strength.logGwin()) + " if errors of one pod belong together; "
            + odds(Charge.LOG_CAUTIOUS) + " is needed"
        : ", but rests on fewer than 3 events above the margin";
  }

  private String needs(Progress progress) {
    var needs = new ArrayList<String>();
    if (progress.elapsed().compareTo(progress.minDuration()) < 0) {
      needs.add(duration(progress.minDuration().minus(progress.elapsed())) + " more (" + duration(progress.elapsed())
          + " of " + duration(progress.minDuration()) + ")");
    }
    if (progress.canaryExposure() < progress.minRequests()) {
      needs.add(more(progress, (double) progress.minRequests()) + ")");
    }
    double enough = Judge.enoughExposure(kind);
    if (progress.advance().rule() == Policy.Advance.Rule.PROVEN) {
      needs.add("proof that the canary's errors are less than " + ratio(progress.advance().worstRatio())
          + " times as frequent as stable's (so far " + interval(progress) + ")");
    } else if (progress.expectedEvents() < Judge.ENOUGH_EXPECTED && progress.canaryExposure() < enough) {
      needs.add(more(progress, enough) + ", or " + decimal(progress.expectedEvents()) + " of "
          + decimal(Judge.ENOUGH_EXPECTED) + " errors expected at stable's rate)");
    }
    return needs.isEmpty() ? "a window with traffic on both arms" : String.join(" and ", needs);
  }

  private String more(Progress progress, double enough) {
    return whole(StrictMath.ceil(enough - progress.canaryExposure())) + " more canary " + unit() + " ("
        + whole(StrictMath.floor(progress.canaryExposure())) + " of " + whole(enough);
  }

  private String noData(Arm arm, long windows, double otherExposure) {
    var silent = arm == Arm.CANARY ? "the canary" : "stable";
    var other = arm == Arm.CANARY ? "stable" : "the canary";
    return "No data: " + silent + " had no " + unit() + " in " + count(windows, "window") + " in which " + other
        + " had " + whole(otherExposure) + ". Nothing is promoted until both have some.";
  }

  private String effort(Progress progress) {
    return duration(progress.elapsed()) + " and " + whole(progress.canaryExposure()) + " canary " + unit();
  }

  private String soFar(Progress progress) {
    return whole(progress.canaryExposure()) + " canary " + unit() + " so far";
  }

  private static String then(OnInconclusive then) {
    return switch (then) {
      case HOLD -> "The step is held.";
      case PROMOTE -> "The rollout goes on, as onInconclusive says.";
      case ROLL_BACK -> "The canary is rolled back, as onInconclusive says.";
    };
  }

  private String unit() {
    return switch (kind) {
      case REQUESTS -> "requests";
      case POD_SECONDS -> "pod-seconds";
    };
  }

  private String per() {
    return switch (kind) {
      case REQUESTS -> " of ";
      case POD_SECONDS -> " in ";
    };
  }

  private String caveat() {
    return switch (kind) {
      case REQUESTS -> "";
      case POD_SECONDS -> "; requests are not counted, so up to twice as often is tolerated";
    };
  }

  /// Evidence as odds: 125 means that a canary within its margins shows it once in 125 rollouts, or less.
  private static String odds(double logEvidence) {
    double odds = StrictMath.exp(logEvidence);
    return odds > LARGEST_ODDS ? "over a million to 1" : decimal(odds) + " to 1";
  }

  private static String ratio(double ratio) {
    if (ratio >= 10) {
      return whole(ratio);
    }
    return String.format(Locale.ROOT, ratio < 2 ? "%.2f" : "%.1f", ratio);
  }

  private static String decimal(double value) {
    return value >= 100 || value == StrictMath.rint(value) ? whole(value) : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String counted(double value, String noun) {
    return decimal(value) + " " + noun + (decimal(value).equals("1") ? "" : "s");
  }

  private static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String count(long count, String noun) {
    return whole(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /// Written as in a Rollout, such as `1h30m`.
  private static String duration(Duration duration) {
    var text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0 || text.isEmpty()) {
      text.append(duration.toSecondsPart()).append('s');
    }
    return text.toString();
  }

  /// Log text is written by strangers: no quotes that end ours, no line breaks, no control or direction characters.
  private static String clean(String text) {
    var clean = new StringBuilder();
    var points = text.codePoints().iterator();
    while (points.hasNext()) {
      int point = points.nextInt();
      if (clean.length() + Character.charCount(point) >= MAX_TEMPLATE) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(switch (Character.getType(point)) {
        case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
          ' ';
        default -> point == '"' ? '\'' : point;
      });
    }
    return clean.toString();
  }
}
