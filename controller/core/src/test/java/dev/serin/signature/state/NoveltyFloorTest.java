package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoveltyFloorTest {

  @ParameterizedTest
  @DisplayName("Novel needs three hits from two tenants or two pods; where neither can be, from two windows")
  @CsvSource({
      // hits, tenants, pods, windows, canary pods, tenants known, reached
      "2, 2, 2, 2, 5, true, false", "3, 2, 1, 1, 5, true, true", "3, 1, 2, 1, 5, true, true",
      "9, 1, 1, 9, 5, true, false", "9, 0, 1, 9, 5, false, false", "3, 0, 1, 2, 1, false, true",
      "3, 0, 1, 1, 1, false, false", "3, 0, 1, 2, 2, false, false", "3, 0, 1, 2, 1, true, false",
      "2, 0, 1, 2, 1, false, false",
      "3, 1, 1, 9, 1, true, false"})
  void gates(long hits, long tenants, int pods, int windows, int canaryPods, boolean tenantsKnown, boolean reached) {
    assertThat(new NoveltyFloor(hits, tenants, pods, windows).reached(canaryPods, tenantsKnown)).isEqualTo(reached);
  }
}
