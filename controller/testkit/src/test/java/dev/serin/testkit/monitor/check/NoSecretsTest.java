package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.PLANTED;
import static dev.serin.testkit.monitor.check.Shop.kept;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I16: no planted text is stored")
class NoSecretsTest {

  private final Shop shop = new Shop();

  static Stream<Stored> leaks() {
    return Stream.of(rollout().with("/status/message", "said " + PLANTED + "!"),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout())
            .with("/status/signatures", List.of(Map.of("template", PLANTED))),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout())
            .with("/status/exposure", Map.of(PLANTED, 1)),
        Stored.of("v1", "Event", "web.1234").with("/message", PLANTED),
        Stored.of("events.k8s.io/v1", "Event", "web.5678").with("/note", PLANTED),
        workload().withAnnotation("serin.dev/note", PLANTED), kept("web:1").withLabel("serin.dev/note", PLANTED));
  }

  @ParameterizedTest
  @MethodSource("leaks")
  @DisplayName("A value, an element or a name that contains it is reported, once")
  void leaks(Stored object) {
    assertThat(shop.broken(object)).containsExactly("I16: The planted text '" + PLANTED + "' is stored.");
    assertThat(shop.broken(object.withLabel("seen", "yes"))).isEmpty();
  }

  @Test
  @DisplayName("The user's own objects may hold it")
  void usersObjects() {
    Stored rollout = rollout().with("/status/message", "planted");

    assertThat(shop.broken(rollout)).isEmpty();
    assertThat(shop.broken(kept("web:1").with("/data/template/spec/token", PLANTED))).isEmpty();
    assertThat(shop.broken(workload().with("/spec/template/spec/token", PLANTED).withAnnotation("note", PLANTED)))
        .isEmpty();
  }
}
