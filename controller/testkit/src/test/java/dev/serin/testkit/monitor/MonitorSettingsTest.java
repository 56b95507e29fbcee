package dev.serin.testkit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.testkit.monitor.check.Violation;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MonitorSettingsTest {

  @Test
  @DisplayName("The command line says all, and is read back")
  void roundTrip() {
    MonitorSettings settings = MonitorSettings.of("http://127.0.0.1:2379").withSecret("s=1").withSecret("s2")
        .tolerating(new Tolerance("I6", "shop"));

    assertThat(settings.arguments()).containsExactly("--etcd=http://127.0.0.1:2379", "--secret=s=1", "--secret=s2",
        "--tolerate=I6:shop");
    assertThat(MonitorSettings.parse(settings.arguments())).isEqualTo(settings);
  }

  @Test
  @DisplayName("An unknown argument, a missing URL, an empty secret and half a tolerance are refused with what to write")
  void refused() {
    assertThatThrownBy(() -> MonitorSettings.parse(List.of("--etcd=x", "--quiet")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown argument --quiet: known are --etcd=, --secret= and --tolerate=");
    assertThatThrownBy(() -> MonitorSettings.parse(List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the monitor needs the URL of etcd: --etcd=http://127.0.0.1:2379");
    assertThatThrownBy(() -> MonitorSettings.of("x").withSecret("")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an empty secret appears everywhere: name a text with --secret=");
    for (String half : List.of("I6", "I6:", "6:shop", "I6:shop:web", "")) {
      assertThatThrownBy(() -> Tolerance.parse(half)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'" + half + "' is not <invariant>:<namespace>, such as I6:shop");
    }
  }

  @Test
  @DisplayName("A tolerance covers one invariant in one namespace")
  void covers() {
    Tolerance tolerance = Tolerance.parse("I6:shop");

    assertThat(tolerance.covers(new Violation("I6", 1, "/registry/x", "shop", ""))).isTrue();
    assertThat(tolerance.covers(new Violation("I1", 1, "/registry/x", "shop", ""))).isFalse();
    assertThat(tolerance.covers(new Violation("I6", 1, "/registry/x", "shop-2", ""))).isFalse();
  }
}
