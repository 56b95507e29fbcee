package dev.serin.bench.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serin.testkit.data.Nezha;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultRankTest {

  @Test
  @DisplayName("When a service silently returns nothing, a signature of its own is among the first three")
  void findsSilentReturns() {
    var nezha = Nezha.find();
    assumeThat(nezha).as("nezha-trainticket in the folder that SERIN_DATA names").isPresent();
    var returns = FaultRank.all(nezha.orElseThrow(), false).stream().filter(found -> found.fault().endsWith(", return"))
        .toList();

    assertThat(returns).hasSize(5).allSatisfy(
        found -> assertThat(found.rank()).as("%s", found).hasValueSatisfying(rank -> assertThat(rank).isLessThan(4)));
  }
}
