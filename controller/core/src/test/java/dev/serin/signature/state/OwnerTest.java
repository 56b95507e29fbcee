package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTest {

  @ParameterizedTest
  @DisplayName("An owner without arm, pod or container, or with a negative restart, is refused, and the message tells it")
  @CsvSource({"' ', uid, app, 0", "canary, '', app, 0", "canary, uid, ' ', 0", "canary, uid, app, -1"})
  void refuses(String arm, String podUid, String container, int restart) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Owner(arm, podUid, container, restart)).withMessage(
        "an owner has an arm, a pod and a container, was %s %s %s %d", arm, podUid, container, restart);
  }

  @Test
  @DisplayName("Owners are in the order of arm, pod, container and restart, each before the next")
  void isOrdered() {
    var ordered = List.of(new Owner("baseline", "uid-9", "web", 9), new Owner("canary", "uid-1", "web", 9),
        new Owner("canary", "uid-2", "app", 9), new Owner("canary", "uid-2", "web", 0),
        new Owner("canary", "uid-2", "web", 1));

    assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    assertThat(ordered.getFirst()).isEqualByComparingTo(new Owner("baseline", "uid-9", "web", 9));
  }
}
