package dev.serin.rollout.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Search.Broken;
import dev.serin.rollout.model.Setting.Past;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The search finds what it is there to find.
class PlantedFaultsTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("A machine with a planted fault is found, by the rule that it breaks, with a way to it")
  void findsPlantedFault(Fault fault) {
    Optional<Broken> broken = find(fault, 1).or(() -> find(fault, 2));

    assertThat(broken).hasValueSatisfying(found -> {
      assertThat(found.rule()).startsWith(fault.rule());
      assertThat(found.trace()).startsWith("from\n").contains("- CONTROLLER: ");
    });
  }

  @Test
  @DisplayName("A writer that reads the canary again, but not the Rollout, is found: its raise meets the canary of a retry")
  void findsUnfencedRaise() {
    var setting = new Setting(Shield.POLICY, Past.NONE, Setting.APPROVED, 2, 1, Setting.Fence.CANARY);

    assertThat(Search.moves(setting, RolloutMachine::next).upTo(300_000).broken()).hasValueSatisfying(found -> {
      assertThat(found.rule()).startsWith("I1 the canary");
      assertThat(found.trace()).contains("- LATE: ScaleCanary");
    });
  }

  private static Optional<Broken> find(Fault fault, int events) {
    var setting = new Setting(Shield.POLICY, Past.NONE, Setting.APPROVED, events, 1);
    Search search = fault.showsLater() ? Search.everything(setting, fault) : Search.moves(setting, fault);
    return search.upTo(100_000).broken();
  }
}
