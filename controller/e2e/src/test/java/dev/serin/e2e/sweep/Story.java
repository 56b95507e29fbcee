package dev.serin.e2e.sweep;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What people do in a run. They wait for what they see in the API, whoever brings it about.
enum Story {

  /// A good version goes through both steps and is promoted.
  GOOD(0, Stable.REPLACED, 1) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2"));
      shop.awaitReason("Stable");
      awaitStable(shop, 1);
    }
  },

  /// A bad version is rolled back from its first step.
  BAD(0, Stable.UNTOUCHED, 1) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2").withErrors(FAULT));
      shop.awaitStatus("a veto", status -> !status.vetoes().isEmpty());
    }
  },

  /// A better version is pushed while the first one serves its canary.
  SUPERSEDED(0, Stable.REPLACED, 2) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2"));
      shop.awaitState(CandidateState.STEPPING);
      shop.push(AppVersion.healthy(app + ":v3"));
      awaitStable(shop, 1);
    }
  },

  /// The fault shows when the version is being rolled out: stable is restored. A pod has to be ready for twenty seconds before
  /// the next one is replaced, so that a busy machine sees the fault before the last one is.
  BAD_WHILE_PROMOTING(20, Stable.PARTLY_REPLACED, 1) {
    @Override
    void play(Shop shop, String app) {
      AppVersion second = AppVersion.healthy(app + ":v2");
      shop.push(second);
      shop.awaitState(CandidateState.PROMOTING);
      shop.change(second.withErrors(FAULT));
      shop.awaitStatus("a veto", status -> !status.vetoes().isEmpty());
    }
  };

  private static final ErrorRule FAULT = ErrorRule.always("Community <id> not found", 404).withTenants(0.5);

  /// What becomes of the pods that ran before.
  enum Stable {
    UNTOUCHED, PARTLY_REPLACED, REPLACED
  }

  private final int minReadySeconds;
  private final Stable stable;
  private final int attempts;

  Story(int minReadySeconds, Stable stable, int attempts) {
    this.minReadySeconds = minReadySeconds;
    this.stable = stable;
    this.attempts = attempts;
  }

  /// For names of images.
  String mark() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int minReadySeconds() {
    return minReadySeconds;
  }

  /// Longest time at a step. A bad version must not pass because a busy machine served too few requests to tell.
  String longestStep() {
    return stable == Stable.UNTOUCHED ? "2m" : "2s";
  }

  /// How many versions are tried: each has one canary and one Analysis.
  int attempts() {
    return attempts;
  }

  /// What is wrong with the pods that run the first version in the end; empty if nothing is.
  ///
  /// @param before
  ///          uids of its pods before the story
  /// @param after
  ///          uids of its pods after it
  Optional<String> wrong(Set<String> before, Set<String> after) {
    boolean right = switch (stable) {
      case UNTOUCHED -> after.equals(before);
      case PARTLY_REPLACED -> after.size() == before.size();
      case REPLACED -> after.isEmpty();
    };
    return right
        ? Optional.empty()
        : Optional.of("pods of the first version should be " + stable + ": were " + before + ", are " + after);
  }

  /// @param app
  ///          image without its tag; v1 runs
  abstract void play(Shop shop, String app);

  private static void awaitStable(Shop shop, int history) {
    shop.awaitStatus("another stable revision", status -> status.history().size() == history);
  }
}
