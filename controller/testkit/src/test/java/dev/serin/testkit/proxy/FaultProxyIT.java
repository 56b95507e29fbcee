package dev.serin.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealControlPlane
@Timeout(60)
class FaultProxyIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ControlPlane plane;
  private String namespace;
  private FaultProxy proxy;
  private KubernetesClient client;

  FaultProxyIT(ControlPlane plane) {
    this.plane = plane;
  }

  @BeforeEach
  void start() {
    namespace = plane.newNamespace("proxy");
    proxy = FaultProxy.start(plane.kubeconfigText(Actor.PERSON), request -> request.namespace().equals(namespace));
    client = client(true);
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
  }

  /// As the operator configures its clients.
  private KubernetesClient client(boolean onlyHttpWatches) {
    Config config = new ConfigBuilder(Config.fromKubeconfig(proxy.kubeconfig())).withHttp2Disable(true)
        .withOnlyHttpWatches(onlyHttpWatches).withConnectionTimeout(5_000).withRequestTimeout(10_000)
        .withRequestRetryBackoffLimit(0).withWatchReconnectInterval(100).build();
    return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
  }

  @Test
  @DisplayName("Every verb passes unchanged, and the trace tells them in order")
  void passesEveryVerb() {
    ConfigMap created = create("a");
    client.resource(with("a", "updated")).update();
    client.resource(with("a", "patched")).patch(PatchContext.of(PatchType.JSON_MERGE), with("a", "patched"));
    assertThat(client.configMaps().inNamespace(namespace).list().getItems())
        .extracting(map -> map.getMetadata().getName()).contains("a");
    client.resource(with("a", "dry")).dryRun().update();
    client.configMaps().inNamespace(namespace).withName("a").delete();

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(seen("a")).isNull();
    assertThat(proxy.writes()).extracting(write -> write.request().method()).containsExactly("POST", "PUT", "PATCH",
        "DELETE");
    assertThat(proxy.writes()).extracting(Traced::write).containsExactly(1, 2, 3, 4);
    assertThat(proxy.writes()).allMatch(Traced::committed);
    assertThat(proxy.trace()).extracting(Traced::number).containsExactlyElementsOf(
        IntStream.rangeClosed(1, proxy.trace().size()).boxed().toList());
  }

  @ParameterizedTest(name = "onlyHttpWatches = {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("A watch delivers each event before the next change is made")
  void watchesLive(boolean onlyHttpWatches) throws Exception {
    try (KubernetesClient watching = client(onlyHttpWatches)) {
      BlockingQueue<String> events = watch(watching);
      for (String name : List.of("one", "two", "three")) {
        plane.client(Actor.ADMIN).resource(with(name, "")).create();
        assertThat(next(events)).isEqualTo("ADDED " + name);
      }
    }
  }

  @Test
  @DisplayName("A watch that is cut is taken up again; one that is silent is not")
  void cutsAndSilencesWatches() throws Exception {
    BlockingQueue<String> events = watch(client);
    plane.client(Actor.ADMIN).resource(with("one", "")).create();
    assertThat(next(events)).isEqualTo("ADDED one");

    assertThat(proxy.cut(Request::watch)).isEqualTo(1);
    plane.client(Actor.ADMIN).resource(with("two", "")).create();
    assertThat(next(events)).isEqualTo("ADDED two");
    assertThat(proxy.silence(Request::watch)).isEqualTo(1);
    plane.client(Actor.ADMIN).resource(with("three", "")).create();

    assertThat(events.poll(500, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  @DisplayName("Killed before its second write, the client has left the first")
  void killsBefore() {
    var kill = proxy.plan(Trigger.write(2), new Action.KillBefore());

    create("a");
    assertThatThrownBy(() -> create("b")).isInstanceOf(KubernetesClientException.class);

    assertThat(kill.await(PATIENCE).committed()).isFalse();
    assertDead();
    assertThat(left()).containsExactly("a");
  }

  @Test
  @DisplayName("Killed before it learns of its second write, the client has left both")
  void killsLosingReply() {
    var kill = proxy.plan(Trigger.write(2), new Action.KillLosingReply());

    create("a");
    assertThatThrownBy(() -> create("b")).isInstanceOf(KubernetesClientException.class);

    assertThat(kill.await(PATIENCE).committed()).isTrue();
    assertDead();
    assertThat(left()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("Killed after its second write, the client has left both and got the reply")
  void killsAfter() {
    var kill = proxy.plan(Trigger.write(2), new Action.KillAfter());

    create("a");
    assertThat(create("b").getMetadata().getResourceVersion()).isNotEmpty();

    assertThat(kill.await(PATIENCE).committed()).isTrue();
    assertDead();
    assertThat(left()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500})
  @DisplayName("A made-up answer is the client's exception, and the server does not know of it")
  void answers(int code) {
    proxy.plan(Trigger.write(1), switch (code) {
      case 409 -> Action.Answer.conflict();
      case 429 -> Action.Answer.tooManyRequests(Duration.ofSeconds(1));
      default -> Action.Answer.internalError();
    });

    var refused = catchThrowableOfType(KubernetesClientException.class, () -> create("a"));

    assertThat(refused.getCode()).isEqualTo(code);
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(left()).isEmpty();
    create("a");
    assertThat(left()).containsExactly("a");
  }

  @Test
  @DisplayName("Cut after the commit, only the reply is lost: a second attempt meets the first one's object")
  void losesOneReply() {
    proxy.plan(Trigger.write(1), new Action.CutAfterCommit());

    assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);

    assertThat(left()).containsExactly("a");
    assertThat(catchThrowableOfType(KubernetesClientException.class, () -> create("a")).getCode()).isEqualTo(409);
  }

  @Test
  @DisplayName("In a blackhole the client waits for its own timeout")
  void swallows() {
    proxy.plan(Trigger.write(1), new Action.Blackhole());
    client.getConfiguration().setRequestTimeout(500);

    assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class)
        .hasRootCauseInstanceOf(HttpTimeoutException.class);

    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("A frozen client reads objects, absences and lists of then; when thawed, those of now")
  void freezes() {
    create("old");
    var then = client.configMaps().inNamespace(namespace).list().getMetadata().getResourceVersion();
    client.resource(with("old", "changed")).update();
    create("new");
    proxy.plan(new Trigger.Matching(request -> request.resource().equals("configmaps"), 1, 3), new Action.Frozen(then));

    ConfigMap past = client.configMaps().inNamespace(namespace).withName("old").get();
    ConfigMap unborn = client.configMaps().inNamespace(namespace).withName("new").get();
    List<ConfigMap> list = client.configMaps().inNamespace(namespace).list().getItems();

    assertThat(past.getKind()).isEqualTo("ConfigMap");
    assertThat(past.getApiVersion()).isEqualTo("v1");
    assertThat(past.getData()).containsEntry("value", "");
    assertThat(unborn).isNull();
    assertThat(list).extracting(map -> map.getMetadata().getName()).contains("old").doesNotContain("new");
    assertThat(client.configMaps().inNamespace(namespace).withName("old").get().getData()).containsEntry("value",
        "changed");
  }

  private ConfigMap create(String name) {
    return client.resource(with(name, "")).create();
  }

  private ConfigMap with(String name, String value) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace(namespace).addToLabels("by", "test")
        .endMetadata()
        .addToData("value", value).build();
  }

  private BlockingQueue<String> watch(KubernetesClient watching) {
    var events = new LinkedBlockingQueue<String>();
    watching.configMaps().inNamespace(namespace).withLabel("by", "test").watch(new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        // The server sends bookmarks when it likes.
        if (action != Action.BOOKMARK) {
          events.add(action + " " + map.getMetadata().getName());
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        events.add("closed: " + cause);
      }
    });
    return events;
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    return events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// As somebody else sees it.
  private List<String> left() {
    return plane.client(Actor.OBSERVER).configMaps().inNamespace(namespace).withLabel("by", "test").list().getItems()
        .stream().map(map -> map.getMetadata().getName()).toList();
  }

  private ConfigMap seen(String name) {
    return plane.client(Actor.OBSERVER).configMaps().inNamespace(namespace).withName(name).get();
  }

  private void assertDead() {
    assertThatThrownBy(() -> client.configMaps().inNamespace(namespace).list())
        .isInstanceOf(KubernetesClientException.class);
    assertThatThrownBy(() -> create("late")).isInstanceOf(KubernetesClientException.class);
  }
}
