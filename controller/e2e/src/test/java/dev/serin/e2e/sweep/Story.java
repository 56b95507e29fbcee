package dev.serin.e2e.sweep;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import java.util.Locale;

/// What people do in a run. They wait for what they see in the API, whoever brings it about.
enum Story {

  /// A good version goes through both steps and is promoted.
  GOOD(0) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2"));
      shop.awaitReason("Stable");
      awaitStable(shop, 1);
    }
  },

  /// A bad version is rolled back from its first step.
  BAD(0) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2").withErrors(FAULT));
      shop.awaitStatus("a veto", status -> !status.vetoes().isEmpty());
    }
  },

  /// A better version is pushed while the first one serves its canary.
  SUPERSEDED(0) {
    @Override
    void play(Shop shop, String app) {
      shop.push(AppVersion.healthy(app + ":v2"));
      shop.awaitState(CandidateState.STEPPING);
      shop.push(AppVersion.healthy(app + ":v3"));
      awaitStable(shop, 1);
    }
  },

  /// The fault shows when the version is being rolled out: stable is restored.
  BAD_WHILE_PROMOTING(4) {
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

  private final int minReadySeconds;

  Story(int minReadySeconds) {
    this.minReadySeconds = minReadySeconds;
  }

  /// For names of images.
  String mark() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int minReadySeconds() {
    return minReadySeconds;
  }

  /// @param app
  ///          image without its tag; v1 runs
  abstract void play(Shop shop, String app);

  private static void awaitStable(Shop shop, int history) {
    shop.awaitStatus("another stable revision", status -> status.history().size() == history);
  }
}
