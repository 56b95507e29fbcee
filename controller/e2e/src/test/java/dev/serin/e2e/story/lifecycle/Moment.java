package dev.serin.e2e.story.lifecycle;

import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Startup;
import java.util.Locale;

/// Where a trial with a gated plan stands when something happens to it. It stays there for as long as a story needs.
enum Moment {
  /// The template is held, there is no canary yet.
  STARTING {
    @Override
    void reach(ShopKeeper keeper, AppVersion version) {
      keeper.occupyCanaryName(0);
      keeper.shop().push(version);
      keeper.shop().awaitReason("NameConflict");
      keeper.awaitState(CandidateState.STARTING);
      keeper.freeCanaryName();
    }
  },
  /// The first step is approved, its canary pod is not ready.
  RAISING {
    @Override
    void reach(ShopKeeper keeper, AppVersion version) {
      keeper.shop().push(version.withStartup(Startup.NEVER_READY));
      keeper.awaitState(CandidateState.RAISING);
      await().atMost(Shop.PATIENCE)
          .until(() -> !keeper.shop().canaryPods().isEmpty());
    }
  },
  /// One canary pod serves.
  FIRST_STEP {
    @Override
    void reach(ShopKeeper keeper, AppVersion version) {
      keeper.shop().push(version);
      keeper.awaitStep(0);
    }
  },
  /// As many canary pods as stable ones serve.
  SECOND_STEP {
    @Override
    void reach(ShopKeeper keeper, AppVersion version) {
      FIRST_STEP.reach(keeper, version);
      keeper.approve(1);
      keeper.awaitStep(1);
    }
  };

  /// Pushes the version and waits until its trial is here.
  ///
  /// @param keeper
  ///          of a shop with a gated plan and four pods
  abstract void reach(ShopKeeper keeper, AppVersion version);

  /// For names of namespaces and images.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace("_step", "");
  }
}
