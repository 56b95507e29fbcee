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

  private List<Renames.Renamed<String>> find(double share) {
    return Renames.find(children, Function.identity(), share);
  }
}
