package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoveltyFloorTest {

  @ParameterizedTest
  @DisplayName("Novel needs three hits from two tenants or two pods; where neither can be, from two windows")
  @CsvSource({
      // hits, tenants, pods, windows, canary pods, tenants known, reached
      "2, 2, 2, 2, 5, true, false", "3, 2, 1, 1, 5, true, true", "3, 1, 2, 1, 5, true, true",
      "9, 1, 1, 9, 5, true, false", "9, 0, 1, 9, 5, false, false", "3, 0, 1, 2, 1, false, true",
      "3, 0, 1, 1, 1, false, false", "3, 1, 1, 9, 1, true, false"})
  void gates(long hits, long tenants, int pods, int windows, int canaryPods, boolean tenantsKnown, boolean reached) {
    assertThat(new NoveltyFloor(hits, tenants, pods, windows).reached(canaryPods, tenantsKnown)).isEqualTo(reached);
  }

  @Test
  @DisplayName("New on the canary and gone from the baseline is renamed, if the parent's rate is the same")
  void findsRenamed() {
    Map<String, Renames.Counts> children = new LinkedHashMap<>();
    children.put("old", new Renames.Counts(0, 190));
    children.put("new", new Renames.Counts(10, 0));
    children.put("both", new Renames.Counts(5, 95));
    children.put("stray", new Renames.Counts(2, 0));

    assertThat(Renames.find(children, 0.05)).containsExactly(new Renames.Renamed<>("old", "new"));
    children.put("new", new Renames.Counts(60, 0));
    assertThat(Renames.find(children, 0.05)).as("the canary fails more often").isEmpty();
    children.put("new", new Renames.Counts(0, 60));
    assertThat(Renames.find(children, 0.05)).as("nothing is new").isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Renames.find(children, 1))
        .withMessage("share must be above 0 and below 1, was 1.0");
  }
}
