package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.planted.PlantedCustomer;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.sandbox.load.LoadReport;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One application in a namespace of its own: Deployment, Service, Rollout, and users who send requests.
public final class Shop implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Installation serin;
  private final String namespace;
  private final Shape shape;
  private final KubernetesClient person;
  private @Nullable Load load;
  private @Nullable PlantedCustomer planted;

  private Shop(Installation serin, String namespace, Shape shape) {
    this.serin = serin;
    this.namespace = namespace;
    this.shape = shape;
    this.person = serin.plane().client(Actor.PERSON);
  }

  /// What the shop's Deployment looks like.
  ///
  /// @param replicas
  ///          stable pods
  /// @param minReadySeconds
  ///          slows a roll down
  /// @param progressDeadlineSeconds
  ///          how long pods may take to become ready
  public record Shape(int replicas, int minReadySeconds, int progressDeadlineSeconds) {

    public static final Shape USUAL = new Shape(4, 0, 60);
    /// Ten seconds a pod: time to act while Kubernetes rolls.
    public static final Shape SLOW = new Shape(4, 10, 180);
  }

  /// Deploys version 1 and waits until it serves and Serin has adopted it.
  public static Shop open(Installation serin, String name, Shape shape, String spec, AppVersion first) {
    Shop shop = openIn(serin, serin.plane().newNamespace(name), shape, spec, first);
    shop.awaitReason("Stable");
    return shop;
  }

  /// Deploys version 1 and its Rollout into a namespace that may hold other things, and waits for nothing.
  public static Shop openIn(Installation serin, String namespace, Shape shape, String spec, AppVersion first) {
    var shop = new Shop(serin, namespace, shape);
    serin.nodes().define(first);
    serin.plane().applyYaml(shop.namespace, """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports: [{port: 80, targetPort: 8080}]
        """);
    serin.plane().applyYaml(shop.namespace, manifest(shape, first.image()));
    serin.plane().applyYaml(shop.namespace, rolloutManifest("shop", "shop", spec));
    return shop;
  }

  /// A Rollout as people write it down.
  public static String rolloutManifest(String name, String deployment, String spec) {
    return """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: %s}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
        """.formatted(name, deployment) + spec.indent(2);
  }

  /// The Deployment as people and delivery tools write it down.
  public static String manifest(Shape shape, String image) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: %d
          minReadySeconds: %d
          progressDeadlineSeconds: %d
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}, annotations: {example.com/note: "kept, as it is"}}
            spec:
              containers:
              - name: app
                image: "%s"
                ports: [{containerPort: 8080}]
                env: [{name: FLAVOUR, value: ""}, {name: REGION, value: "north"}]
                volumeMounts: [{name: tmp, mountPath: /tmp}]
                securityContext: {}
              volumes: [{name: tmp, emptyDir: {}}]
        """.formatted(shape.replicas(), shape.minReadySeconds(), shape.progressDeadlineSeconds(), image);
  }

  /// Users begin to send requests; enough of them for a burn-in before this returns.
  public void sell(int requestsPerSecond) {
    try {
      var gateway = serin.nodes().gateway(namespace, "shop");
      gateway.awaitEndpoints(PATIENCE);
      // Few requests per connection: the share of each pod is then close to even.
      load = Load.start(gateway.address(), new LoadPlan(requestsPerSecond, 200, 0.8, 5, 16, 1), InstantSource.system());
      planted = PlantedCustomer.start(gateway.address());
      awaitRequests(requestsPerSecond * 5L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new AssertionError("the Service never had an endpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public LoadReport sales() {
    if (load == null) {
      throw new IllegalStateException("nobody buys yet: call sell first");
    }
    return load.report();
  }

  /// The customer whose texts must stay in the logs.
  public PlantedCustomer planted() {
    if (planted == null) {
      throw new IllegalStateException("nobody buys yet: call sell first");
    }
    return planted;
  }

  /// What a pod has logged; nothing when its container has not started or the pod is gone.
  public String log(String pod) {
    try {
      return person.pods().inNamespace(namespace).withName(pod).getLog();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return "";
      }
      throw e;
    }
  }

  public void awaitRequests(long more) {
    long goal = sales().requests() + more;
    await().atMost(PATIENCE).pollInterval(POLL).until(() -> sales().requests() >= goal);
  }

  /// A person changes the image, as `kubectl set image` does.
  public void push(AppVersion version) {
    serin.nodes().define(version);
    pushImage(version.image());
  }

  public void pushImage(String image) {
    kubectl("set", "image", "deployment/shop", "app=" + image);
  }

  /// A GitOps tool applies its manifest, which says `paused: false`, by server-side apply and with force.
  public void applyUnpaused(String image) {
    var client = serin.plane().client(Actor.DELIVERY);
    var manifest = client.getKubernetesSerialization().unmarshal(manifest(shape, image), Deployment.class);
    manifest.getMetadata().setNamespace(namespace);
    manifest.getSpec().setPaused(false);
    client.resource(manifest).fieldManager("gitops").forceConflicts().serverSideApply();
  }

  /// A person runs kubectl in this namespace, and it works.
  public void kubectl(String... arguments) {
    kubectlReading("", arguments);
  }

  /// As [#kubectl(String...)]; `input` is what `-f -` reads.
  public void kubectlReading(String input, String... arguments) {
    String[] all = Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new);
    var done = serin.plane().kubectl(Actor.PERSON).runWithInput(input, all);
    assertThat(done.exit()).as(done.stderr()).isZero();
  }

  /// A person runs kubectl in this namespace, whatever comes of it.
  public Kubectl.Result tryKubectl(String... arguments) {
    return serin.plane().kubectl(Actor.PERSON)
        .run(Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new));
  }

  /// A person changes the spec of the Rollout.
  public void change(String specJson) {
    kubectl("patch", "srn", "shop", "--type=merge", "-p", "{\"spec\":" + specJson + "}");
  }

  /// Waits until the Rollout is Ready, Reconciling or Stalled for this reason.
  public Rollout awaitReason(String reason) {
    return awaitRollout("the reason " + reason, status -> status.conditions().stream()
        .anyMatch(condition -> "True".equals(condition.getStatus()) && reason.equals(condition.getReason())));
  }

  /// Waits until another Rollout of this namespace has this reason.
  public void awaitReasonOf(String name, String reason) {
    await(name + " shows the reason " + reason).atMost(PATIENCE).pollInterval(POLL).until(() -> {
      var rollout = person.resources(Rollout.class).inNamespace(namespace).withName(name).get();
      return rollout != null && rollout.getStatus() != null && reason(rollout).equals(reason);
    });
  }

  /// Waits until the candidate is so far.
  public Rollout awaitState(CandidateState state) {
    return awaitRollout("a candidate that is " + state,
        status -> status.candidate() != null && status.candidate().state() == state);
  }

  /// Waits until this protection is in force, or none is, and says why.
  public Condition awaitHeld(String status, String reason) {
    var rollout = awaitRollout("Held " + status + " for " + reason, now -> now.conditions().stream()
        .anyMatch(held -> held(held) && status.equals(held.getStatus()) && reason.equals(held.getReason())));
    return rollout.getStatus().conditions().stream().filter(Shop::held).findFirst().orElseThrow();
  }

  private static boolean held(Condition condition) {
    return "Held".equals(condition.getType());
  }

  public Rollout awaitRollout(String what, java.util.function.Predicate<RolloutStatus> wanted) {
    return await(namespace + " shows " + what).atMost(PATIENCE).pollInterval(POLL)
        .conditionEvaluationListener(state -> {
          if (state.getRemainingTimeInMS() <= 0) {
            System.err.println(namespace + ": " + rollout().getStatus() + "\n" + serin.operator().tail());
          }
        }).until(this::rollout,
            rollout -> rollout != null && rollout.getStatus() != null && wanted.test(rollout.getStatus()));
  }

  /// Waits until the first stable pods run this image.
  public void awaitRolling(String image) {
    await(namespace + " rolls " + image).atMost(PATIENCE).pollInterval(POLL)
        .until(() -> stableImages().contains(image));
  }

  /// Waits until two new pods are there while Kubernetes rolls: with one, stable is whole again before anybody sees it.
  public void awaitHalfRolled() {
    int pods = await(namespace + " is half rolled").atMost(PATIENCE).pollInterval(POLL)
        .until(() -> Objects.requireNonNullElse(deployment().getStatus().getUpdatedReplicas(), 0), now -> now >= 2);
    assertThat(pods).as("new pods half rolled").isLessThan(shape.replicas());
  }

  public void awaitNoCanary() {
    await(namespace + " has no canary left").atMost(PATIENCE).pollInterval(POLL)
        .until(() -> canary() == null && canaryPods().isEmpty());
  }

  public Rollout rollout() {
    return person.resources(Rollout.class).inNamespace(namespace).withName("shop").get();
  }

  public List<Analysis> analyses() {
    return person.resources(Analysis.class).inNamespace(namespace).list().getItems();
  }

  public Deployment deployment() {
    return person.apps().deployments().inNamespace(namespace).withName("shop").get();
  }

  /// The whole pod template of the Deployment, also what a typed model would not know.
  public Map<String, Object> template() {
    return person.genericKubernetesResources("apps/v1", "Deployment").inNamespace(namespace).withName("shop").get()
        .get("spec", "template");
  }

  public @Nullable Deployment canary() {
    return person.apps().deployments().inNamespace(namespace).withName("shop-canary").get();
  }

  public List<Pod> canaryPods() {
    return person.pods().inNamespace(namespace).withLabel(Keys.ARM, Keys.CANARY).list().getItems();
  }

  /// Uids of the pods that are not the canary's and not ending.
  public Set<String> stablePods() {
    return stable().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
  }

  public List<String> stablePodNames() {
    return stable().map(pod -> pod.getMetadata().getName()).sorted().toList();
  }

  public List<String> stableImages() {
    return stable().map(pod -> pod.getSpec().getContainers().getFirst().getImage()).distinct().sorted().toList();
  }

  private Stream<Pod> stable() {
    return person.pods().inNamespace(namespace).withLabel("app", "shop").withoutLabel(Keys.ARM).list().getItems()
        .stream().filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
  }

  /// Writes that the operator asked for in this namespace so far, refused ones and events included.
  public long operatorWrites() {
    return serin.plane().audit().stream().filter(AuditEvent::write)
        .filter(event -> event.user().equals(Installation.ACCOUNT) && namespace.equals(event.namespace())).count();
  }

  /// As [#operatorWrites()], without events, which are bounded apart, and dry runs, which change nothing; each as
  /// `<verb> <resource>[/<subresource>] <name>`, oldest first.
  public List<String> lastingWrites() {
    return serin.plane().audit().stream().filter(AuditEvent::write)
        .filter(event -> event.user().equals(Installation.ACCOUNT) && namespace.equals(event.namespace()))
        .filter(event -> !event.resource().equals("events") && !event.uri().contains("dryRun="))
        .map(event -> event.verb() + " " + event.resource()
            + (event.subresource().isEmpty() ? "" : "/" + event.subresource()) + " " + event.name())
        .toList();
  }

  /// What people were told about the Rollout for this reason, oldest first.
  public List<String> told(String reason) {
    return told("Rollout", reason);
  }

  /// What people were told about an object for this reason, oldest first.
  public List<String> told(String kind, String reason) {
    return person.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> kind.equals(event.getRegarding().getKind()) && reason.equals(event.getReason()))
        .sorted(Comparator.comparing(event -> event.getEventTime().getTime())).map(Event::getNote).toList();
  }

  /// What people were told about the Rollout, once there is something: events are written beside the reconcile.
  public List<String> awaitTold(String reason) {
    return awaitTold("Rollout", reason);
  }

  public List<String> awaitTold(String kind, String reason) {
    return await("an event " + reason + " about the " + kind + " of " + namespace).atMost(PATIENCE).pollInterval(POLL)
        .until(() -> told(kind, reason), notes -> !notes.isEmpty());
  }

  public static String reason(Rollout rollout) {
    return rollout.getStatus().conditions().stream().filter(condition -> "True".equals(condition.getStatus()))
        .map(Condition::getReason).findFirst().orElse("");
  }

  public String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    if (planted != null) {
      planted.close();
      assertThat(planted.served()).as("requests whose texts must stay in the logs: %s", planted).isPositive();
    }
    // The next story must not share the machine with this one's pods.
    person.resources(Rollout.class).inNamespace(namespace).delete();
    person.apps().deployments().inNamespace(namespace).withName("shop").delete();
    await().atMost(PATIENCE).pollInterval(POLL)
        .until(() -> person.pods().inNamespace(namespace).list().getItems().isEmpty());
    assertThat(serin.violations(namespace)).as("invariants broken in " + namespace).isEmpty();
    assertThat(serin.leaks()).as("planted texts in the operator's own output").isEmpty();
  }
}
