package dev.serin.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Application;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.Versions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final String IMAGE = "community-api:v3";
  private static final LoadPlan PLAN = LoadPlan.ofRate(200);

  @Test
  @DisplayName("Counts what each image and arm answered, with the first failure and the last canary answer")
  void counts() throws Exception {
    AppVersion version = AppVersion.healthy(IMAGE).withErrors(ErrorRule.always("gone", 404).withRate(0.5));
    try (Application application = serve(version)) {
      LoadReport report = run(application.address(), 200);

      assertThat(report.tallies()).singleElement()
          .satisfies(tally -> assertThat(tally).extracting(Tally::image, Tally::arm).containsExactly(IMAGE, "canary"));
      assertThat(report.failed(IMAGE)).isBetween(50L, report.requests(IMAGE) - 50);
      assertThat(report.requests("other")).isZero();
      assertThat(report.firstFailure(IMAGE, "gone"::equals)).get()
          .isNotEqualTo(report.lastCanaryAnswer(IMAGE).orElseThrow());
      assertThat(report.lastCanaryAnswer("other")).isEmpty();
      assertThat(report.unanswered()).as("%s", report.problems()).isZero();
    }
  }

  @Test
  @DisplayName("A server that drains and stops loses no request: clients leave as they are told")
  void drains() throws Exception {
    try (Application application = serve(AppVersion.healthy(IMAGE));
        Load load = Load.start(application.address(), PLAN, Clock.systemUTC())) {
      await().until(() -> load.report().requests() > 50);
      application.drain();
      long before = load.report().requests();
      await().until(() -> load.report().requests() > before + 50);

      assertThat(load.report().failed()).as("%s", load.report().problems()).isZero();
    }
  }

  @Test
  @DisplayName("Requests that nobody answers are failures, and only the first problems are kept")
  void unanswered() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
    try (Load load = Load.start(nobody, PLAN, Clock.systemUTC())) {
      await().until(() -> load.report().unanswered() > 30);

      assertThat(load.report().requests()).isZero();
      assertThat(load.report().failed()).isGreaterThan(30);
      assertThat(load.report().problems()).hasSize(20).first().asString().contains("ConnectException");
    }
  }

  @Test
  @DisplayName("Tenant k sends a share proportional to k to the power of minus the exponent")
  void zipf() {
    Tenants tenants = new Tenants(new LoadPlan(1, 100, 1.0, 1, 1, 7));
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      seen.merge(tenants.next().tenant(), 1, Integer::sum);
    }

    // Python 3: 1 / sum(1/k for k in range(1, 101)) = 0.19277563597396005
    assertThat(seen.getOrDefault("tenant-1", 0) / 100_000.0).isCloseTo(0.1928, within(0.005));
    assertThat(seen.getOrDefault("tenant-1", 0) / (double) seen.getOrDefault("tenant-10", 0)).isCloseTo(10,
        within(1.0));
    assertThat(seen).hasSize(100);
  }

  @Test
  @DisplayName("The same seed asks for the same things in the same order")
  void seeded() {
    Tenants one = new Tenants(PLAN);
    Tenants two = new Tenants(PLAN);

    for (int i = 0; i < 1000; i++) {
      assertThat(one.next()).isEqualTo(two.next());
    }
  }

  @Test
  @DisplayName("A plan out of range is refused with the name and the range")
  void ranges() {
    assertThatThrownBy(() -> LoadPlan.ofRate(0)).hasMessage("requestsPerSecond must be 1..5000, was 0");
    assertThatThrownBy(() -> new LoadPlan(1, 1, 3.5, 1, 1, 1)).hasMessage("zipf must be 0..3, was 3.5");
  }

  private static LoadReport run(InetSocketAddress target, long requests) {
    try (Load load = Load.start(target, PLAN, Clock.systemUTC())) {
      await().until(() -> load.report().requests() >= requests);
      return load.report();
    }
  }

  private static Application serve(AppVersion version) throws Exception {
    return Application.start(new Application.Identity(IMAGE, "canary", "pod-1", 42),
        new Versions(List.of(version), Clock.systemUTC()), Clock.systemUTC(), _ -> {});
  }
}
