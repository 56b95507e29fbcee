package dev.serin.rollout.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.model.Cluster.Shield;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The search finds what it is there to find.
class PlantedFaultsTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("A machine with a planted fault is found, by the rule that it breaks, with a way to it")
  void findsPlantedFault(Fault fault) {
    var setting = new Setting(Shield.POLICY, Setting.APPROVED, 0, 2, 1);
    var search = fault.showsLater() ? Search.everything(setting, fault) : Search.moves(setting, fault);
    var outcome = search.upTo(100_000);

    assertThat(outcome.broken()).hasValueSatisfying(broken -> {
      assertThat(broken.rule()).startsWith(fault.rule());
      assertThat(broken.trace()).startsWith("from\n").contains("- CONTROLLER: ");
    });
  }
}
