package dev.serin.judge;

import dev.serin.judge.Verdict.Progress;
import dev.serin.signature.SignatureId;
import dev.serin.stats.Thresholds;
import dev.serin.stats.trial.Placebo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Says in plain English what a verdict is, why, and with which numbers: one sentence, two at most.
public final class VerdictSentence {

  /// Longest quoted template, in characters.
  public static final int MAX_TEMPLATE = 160;

  private static final String BACK = ". Traffic is back on stable.";
  private static final double LARGEST_ODDS = 1e6;

  private final Function<SignatureId, String> templateOf;
  private final Policy policy;

  private VerdictSentence(Function<SignatureId, String> templateOf, Policy policy) {
    this.templateOf = templateOf;
    this.policy = policy;
  }

  /// The sentence of a verdict.
  ///
  /// @param templateOf
  ///          template of a signature; any text is safe: it is shortened, and what could deceive a reader is replaced
  /// @param policy
  ///          under which it was given: what exposures count, and what is tolerated
  public static String of(Verdict verdict, Function<SignatureId, String> templateOf, Policy policy) {
    var sentence = new VerdictSentence(templateOf, policy);
    return switch (verdict) {
      case Verdict.RollBack rollBack -> sentence.rollBack(rollBack) + distrust(rollBack.strength());
      case Verdict.Hold hold -> sentence.hold(hold) + distrust(hold.progress().strength());
      case Verdict.NoData(var arm, var windows, var otherExposure) -> sentence.noData(arm, windows, otherExposure);
      case Verdict.Advance(var progress) -> sentence.advance(progress) + distrust(progress.strength());
      case Verdict.Inconclusive(var then, var progress) -> "Inconclusive: after " + sentence.effort(progress)
          + " the evidence against the canary is " + odds(progress.logG()) + "; " + odds(progress.logThreshold())
          + " rolls it back. " + then(then) + distrust(progress.strength());
    };
  }

  private static String distrust(Verdict.Strength strength) {
    return strength.modelSuspect()
        ? " Stable's own pods differ by more than chance, so the errors of a window count as one (EvidenceModelSuspect)."
        : "";
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
      case CRASH_LOOP -> crashing(verdict.pods());
    } + BACK;
  }

  /// Says that the stable pods differ by more than chance, what follows, and where to look.
  static String ofSuspectModel(Placebo placebo, double logThreshold) {
    return "Stable's own pods differ by more than chance: with each judged as if it were the canary of the others, the "
        + "evidence is " + odds(placebo.logMean()) + ", most of it against " + placebo.worst()
        + "; where nothing is wrong, "
        + odds(logThreshold) + " comes once in " + decimal(StrictMath.exp(logThreshold))
        + " rollouts. From now on the errors "
        + "of a window count as one: a fault is found later, and no good version pays for a bad node or for errors that "
        + "stick to a pod.";
  }

  /// The sentence of a crash loop, which needs no policy.
  public static String ofCrashLoop(Verdict.RollBack verdict) {
    return "Rolled back: " + crashing(verdict.pods()) + BACK;
  }

  /// A template as sentences quote it. Any text is safe.
  public static String quoted(String template) {
    return "\"" + clean(template) + "\"";
  }

  /// A text as sentences show it. Any text is safe.
  public static String shown(String text) {
    return clean(text);
  }

  private static String crashing(List<PodFacts> pods) {
    var pod = pods.getFirst();
    int more = pods.size() - 1;
    return "canary pod " + clean(pod.pod()) + (more == 0 ? " is" : " and " + more + " more are") + " in a crash loop ("
        + (pod.waitingReason() == null ? "" : clean(pod.waitingReason()) + ", ") + count(pod.restarts(), "restart")
        + ")";
  }

  private String advance(Progress progress) {
    return "Advancing: " + switch (progress.advance().rule()) {
      case UNSUSPECTED -> "nothing speaks against the canary after " + effort(progress)
          + ", in which stable's rate would give " + counted(progress.expectedEvents(), "error");
      case PROVEN -> "after " + effort(progress) + " it is proven that the canary's errors are less than "
          + ratio(progress.advance().worstRatio()) + " times as frequent as stable's, or too rare to matter; they are "
          + interval(progress);
    } + caveat(policy.margin()) + ".";
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
    var bound = Evidence.slowBound(suspect.signature()).filter(_ -> !policy.known().containsKey(suspect.signature()));
    if (bound.isPresent()) {
      return slower(suspect, bound.get());
    }
    var canary = " on the canary (" + whole(suspect.canaryEvents()) + per() + amount("", suspect.canaryExposure())
        + ")";
    var stable = " on stable (" + whole(suspect.baselineEvents()) + per() + whole(suspect.baselineExposure()) + ")";
    return subject(suspect.signature())
        + (suspect.baselineEvents() == 0
            ? canary + " and not" + stable
            : " " + ratio(suspect.rateRatio()) + " times as often"
                + (suspect.signature().equals(Evidence.TOTAL_ERRORS) ? between(verdict.strength().ratio()) : "")
                + canary + " as" + stable)
        + caveat(policy.margin(suspect.signature()));
  }

  private String slower(Verdict.Suspect suspect, String bound) {
    return percent(suspect.canaryEvents() / suspect.canaryExposure())
        + " of the requests to the canary are slower than "
        + bound + " (" + whole(suspect.canaryEvents()) + per() + whole(suspect.canaryExposure()) + "), against "
        + percent(suspect.baselineEvents() / suspect.baselineExposure()) + " on stable ("
        + whole(suspect.baselineEvents())
        + per() + whole(suspect.baselineExposure()) + ")";
  }

  /// As "12 %" or "0.3 %".
  private static String percent(double share) {
    return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : "%.1f %%", 100 * share);
  }

  private String subject(SignatureId signature) {
    if (signature.equals(Evidence.TOTAL_ERRORS)) {
      return "errors of all kinds together occur";
    }
    if (signature.equals(Evidence.OTHER)) {
      return "errors of rare kinds occur";
    }
    return quoted(templateOf.apply(signature)) + " occurs";
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
        : ", but rests on fewer than " + decimal(Thresholds.EXCESS) + " events above the margin";
  }

  private String needs(Progress progress) {
    var needs = new ArrayList<String>();
    if (progress.elapsed().compareTo(progress.minDuration()) < 0) {
      needs.add(duration(progress.minDuration().minus(progress.elapsed())) + " more (" + duration(progress.elapsed())
          + " of " + duration(progress.minDuration()) + ")");
    }
    switch (progress.advance().rule()) {
      case PROVEN -> {
        if (progress.canaryExposure() < progress.minRequests()) {
          needs.add(more(progress, (double) progress.minRequests()) + ")");
        }
        needs.add("proof that the canary's errors are less than " + ratio(progress.advance().worstRatio())
            + " times as frequent as stable's (so far " + interval(progress) + ")");
      }
      case UNSUSPECTED -> exposureNeeded(progress).ifPresent(needs::add);
    }
    return needs.isEmpty() ? "a window with traffic on both arms" : listed(needs);
  }

  /// One number of requests, the larger of those that are needed, and what would make fewer do.
  private Optional<String> exposureNeeded(Progress progress) {
    double enough = Judge.enoughExposure(policy.exposure());
    boolean few = progress.canaryExposure() < progress.minRequests();
    boolean unexpected = progress.expectedEvents() < Thresholds.EXPECTED_ERRORS && progress.canaryExposure() < enough;
    if (!unexpected || progress.minRequests() >= enough) {
      return few ? Optional.of(more(progress, (double) progress.minRequests()) + ")") : Optional.empty();
    }
    var expected = decimal(Thresholds.EXPECTED_ERRORS) + " errors expected at stable's rate";
    return Optional.of(more(progress, enough) + (few
        ? "; " + whole(progress.minRequests()) + " do with " + expected + ", so far "
            + decimal(progress.expectedEvents()) + ")"
        : ", or " + decimal(progress.expectedEvents()) + " of " + expected + ")"));
  }

  private String more(Progress progress, double enough) {
    return amount("more canary ", StrictMath.ceil(enough - progress.canaryExposure())) + " ("
        + whole(StrictMath.floor(progress.canaryExposure())) + " of " + whole(enough);
  }

  /// As "a", "a and b" or "a, b and c".
  private static String listed(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0 ? parts.getFirst() : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private String noData(Arm arm, long windows, double otherExposure) {
    var silent = arm == Arm.CANARY ? "the canary" : "stable";
    var other = arm == Arm.CANARY ? "stable" : "the canary";
    return "No data: " + silent + " had no " + unit() + "s in " + count(windows, "window") + " in which " + other
        + " had " + whole(otherExposure) + ". Nothing is promoted until both have some.";
  }

  private String effort(Progress progress) {
    return duration(progress.elapsed()) + " and " + amount("canary ", progress.canaryExposure());
  }

  private String soFar(Progress progress) {
    return amount("canary ", progress.canaryExposure()) + " so far";
  }

  private static String then(OnInconclusive then) {
    return switch (then) {
      case HOLD -> "The step is held.";
      case PROMOTE -> "The rollout goes on, as onInconclusive says.";
      case ROLL_BACK -> "The canary is rolled back, as onInconclusive says.";
    };
  }

  /// As "1 canary request" or "9,120 canary requests".
  private String amount(String what, double exposure) {
    var number = whole(exposure);
    return number + " " + what + unit() + (number.equals("1") ? "" : "s");
  }

  private String unit() {
    return switch (policy.exposure()) {
      case REQUESTS -> "request";
      case POD_SECONDS -> "pod-second";
    };
  }

  private String per() {
    return switch (policy.exposure()) {
      case REQUESTS -> " of ";
      case POD_SECONDS -> " in ";
    };
  }

  private String caveat(Policy.Margin wanted) {
    double margin = policy.ratioMargin(wanted);
    return switch (policy.exposure()) {
      case REQUESTS -> "";
      case POD_SECONDS -> "; requests are not counted, so up to " + (margin == 2 ? "twice" : decimal(margin) + " times")
          + " as often is tolerated";
    };
  }

  /// Evidence as odds: 125 means that a canary within its margins shows it once in 125 rollouts, or less.
  private static String odds(double logEvidence) {
    double odds = StrictMath.exp(logEvidence);
    return odds > LARGEST_ODDS ? "over a million to 1" : decimal(odds) + " to 1";
  }

  private static String ratio(double ratio) {
    if (ratio == Double.POSITIVE_INFINITY) {
      return "infinitely many";
    }
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
