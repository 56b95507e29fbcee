package dev.serin.bench.rule;

import dev.serin.bench.draw.Draws;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The rules that are measured beside the judge, all at α = 0.01.
public final class Rules {

  /// Promised probability of rolling back a good version, where a rule promises one.
  public static final double ALPHA = 0.01;

  /// A rule and how it is called.
  ///
  /// @param name
  ///          short, for the head of a column
  /// @param text
  ///          the exact rule, for people
  /// @param needsFixedSplit
  ///          whether it has no meaning when the weight changes
  /// @param create
  ///          makes the rule for a run of some minutes
  public record Named(String name, String text, boolean needsFixedSplit, Function<Setting, RollBackRule> create) {}

  /// What a rule may need to know of a run.
  ///
  /// @param minutes
  ///          length of the run
  /// @param draws
  ///          chance of its own
  public record Setting(int minutes, Draws draws) {}

  private Rules() {}

  /// Every rule in the order of the report.
  public static List<Named> all() {
    return List.of(
        of("Kayenta eq", "Kayenta's Mann–Whitney judge against as many stable pods, looks after 30, 40, … min",
            run -> new Kayenta(Kayenta.Against.PEER, 0, run.draws()::normal)),
        of("Kayenta fleet", "the same against all stable pods",
            run -> new Kayenta(Kayenta.Against.FLEET, 0, run.draws()::normal)),
        of("Kayenta 60", "against as many stable pods, one look after 60 min",
            run -> new Kayenta(Kayenta.Against.PEER, 60, run.draws()::normal)),
        of("Argo docs", "more than 3 checks of 5 min with more than 5 % errors", _ -> new FailureLimit(0.05, 5, 4)),
        of("Argo 99 %", "more than 3 checks of 1 min with more than 1 % errors", _ -> new FailureLimit(0.01, 1, 4)),
        of("Flagger docs", "5 checks of 1 min with more than 1 % errors", _ -> new FailureLimit(0.01, 1, 5)),
        of("Flagger 99.5 %", "5 checks of 1 min with more than 0.5 % errors", _ -> new FailureLimit(0.005, 1, 5)),
        of("Fisher peek", "binomial form of Fisher's test on all errors so far, each minute",
            _ -> new BinomialTest(ALPHA, BinomialTest.Of.TOTAL, 0)),
        of("Fisher once", "the same once, at the end",
            run -> new BinomialTest(ALPHA, BinomialTest.Of.TOTAL, run.minutes())),
        of("z peek", "pooled z-test on all errors so far, each minute", _ -> new ZTest(
            NormalDistribution.of(0, 1).inverseSurvivalProbability(ALPHA))),
        of("Bonferroni peek", "Fisher's test per signature at α/21, each minute",
            _ -> new BinomialTest(ALPHA, BinomialTest.Of.EACH_SIGNATURE, 0)),
        of("GrowthBook", "one-sided asymptotic confidence sequence, N* = 5000", _ -> new GrowthBook(ALPHA, 5000)),
        new Named("Lindon–Malek", "Dirichlet mixture of the split of the errors, k = 100, two-sided", true,
            _ -> new LindonMalek(ALPHA, 100)),
        of("safestats", "2×2 e-process, Beta(0.18, 0.18), a block per minute", _ -> new SafeTwoByTwo(ALPHA, 0.18)),
        of("sign-flip", "symmetry against as many stable pods, λ of 0.1, 0.3, 1, 3", _ -> new SignFlip(ALPHA)));
  }

  private static Named of(String name, String text, Function<Setting, RollBackRule> create) {
    return new Named(name, text, false, create);
  }
}
