package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenamesTest {

  private static final String OLD = "Community <*> not found";
  private static final String NEW = "Community <*> could not be found";

  private final Map<String, Renames.Counts> children = new LinkedHashMap<>();

  @Test
  @DisplayName("New on the canary and gone from there is renamed, if the parent's rate is the same")
  void findsRenamed() {
    children.put(OLD, new Renames.Counts(0, 190));
    children.put(NEW, new Renames.Counts(10, 0));
    children.put("both", new Renames.Counts(5, 95));
    children.put("Community <*> found", new Renames.Counts(2, 0));

    assertThat(find(0.05)).containsExactly(new Renames.Renamed<>(OLD, NEW));
    children.put(NEW, new Renames.Counts(60, 0));
    assertThat(find(0.05)).as("the canary fails more often").isEmpty();
    children.put(NEW, new Renames.Counts(0, 60));
    assertThat(find(0.05)).as("nothing is new").isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> find(1))
        .withMessage("share must be above 0 and below 1, was 1.0");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("Texts that share no more than half of their words are different errors, however equal the rates")
  @CsvSource({"Community <*> could not be found, true", "No community <*>, false", "community <*> NOT FOUND, true",
      "Payment of <*> refused by bank, false", "User <*> not found, false", "Login <*> failed, false"})
  void needsLikeness(String appeared, boolean renamed) {
    children.put(OLD, new Renames.Counts(0, 190));
    children.put(appeared, new Renames.Counts(10, 0));

    assertThat(find(0.05).isEmpty()).isNotEqualTo(renamed);
  }

  @Test
  @DisplayName("Each name on the canary is paired with one on stable only, that it is like")
  void pairsOnce() {
    children.put("User <*> not found", new Renames.Counts(0, 100));
    children.put(OLD, new Renames.Counts(0, 100));
    children.put("Community <*> was not found", new Renames.Counts(5, 0));
    children.put("User <*> was not found", new Renames.Counts(5, 0));

    assertThat(find(0.05)).containsExactly(new Renames.Renamed<>(OLD, "Community <*> was not found"),
        new Renames.Renamed<>("User <*> not found", "User <*> was not found"));
  }

  @Test
  @DisplayName("Three records on one side and none on the other are enough, two are not")
  void needsThree() {
    children.put(OLD, new Renames.Counts(0, 3));
    children.put(NEW, new Renames.Counts(3, 0));
    assertThat(find(0.5)).hasSize(1);
    children.put(NEW, new Renames.Counts(2, 0));
    assertThat(find(0.5)).isEmpty();
    children.put(NEW, new Renames.Counts(3, 0));
    children.put(OLD, new Renames.Counts(0, 2));
    assertThat(find(0.5)).isEmpty();
    children.put(OLD, new Renames.Counts(1, 3));
    assertThat(find(0.5)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("The test of equal rates is the exact one of a binomial number, two-sided at 5 %")
  // Python 3, n = canary + baseline: 2 * min(P(X <= canary), P(X >= canary)) >= 0.05 by summing comb(n, k) s^k (1 - s)^(n - k)
  @CsvSource({"0, 5, 0.5, true", "0, 6, 0.5, false", "5, 0, 0.5, true", "6, 0, 0.5, false", "0, 0, 0.5, true",
      "2, 10, 0.5, false",
      "3, 10, 0.5, true", "10, 3, 0.5, true", "10, 2, 0.5, false", "0, 71, 0.05, true", "0, 72, 0.05, false",
      "1, 0, 0.05, true",
      "2, 0, 0.05, false"})
  void comparesRates(long canary, long baseline, double share, boolean unchanged) {
    assertThat(Renames.isUnchanged(canary, baseline, share)).isEqualTo(unchanged);
  }

  @Test
  @DisplayName("A share of none or of all is refused")
  void refusesShares() {
    assertThatIllegalArgumentException().isThrownBy(() -> find(0))
        .withMessage("share must be above 0 and below 1, was 0.0");
  }

  private List<Renames.Renamed<String>> find(double share) {
    return Renames.find(children, Function.identity(), share);
  }
}
