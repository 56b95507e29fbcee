package dev.serin.e2e.contract;

import static org.awaitility.Awaitility.await;

import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.chart.RenderedChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

/// The contracts on real etcd, kube-apiserver and kube-controller-manager.
@RealControlPlane
@DisplayName("A real control plane")
class RealContractIT
    implements
      ObjectsContract,
      PatchContract,
      WatchContract,
      SelectorContract,
      WorkloadContract,
      OwnershipContract,
      RecordsContract,
      KubectlContract,
      HoldContract {

  // The chart's policy under a name of our own, removed at the end: other tests of this JVM must not be held by what this
  // one installed.
  private static final String HOLD = "contract-hold";

  private final Cluster cluster;

  RealContractIT(ControlPlane plane) {
    cluster = new Cluster(plane.client(Actor.PERSON), plane.kubectl(Actor.PERSON));
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @BeforeAll
  static void install(ControlPlane plane) throws IOException {
    for (String name : List.of("rollouts", "analyses")) {
      plane.applyYaml(Files.readString(Chart.folder().resolve("files/crds/" + name + ".serin.dev.yaml")));
    }
    RenderedChart chart = Chart.render("default", "hold: {policy: Always}");
    GenericKubernetesResource policy = chart.named("MutatingAdmissionPolicy", "serin-hold");
    GenericKubernetesResource binding = chart.named("MutatingAdmissionPolicyBinding", "serin-hold");
    policy.getMetadata().setName(HOLD);
    binding.getMetadata().setName(HOLD);
    binding.<Map<String, Object>>get("spec").put("policyName", HOLD);
    plane.applyYaml(Serialization.asYaml(policy));
    plane.applyYaml(Serialization.asYaml(binding));
    Cluster cluster = new Cluster(plane.client(Actor.ADMIN), plane.kubectl(Actor.ADMIN));
    String namespace = cluster.newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    cluster.api().create(Api.apps(namespace, "deployments"), Web.of(0).adopted().yaml()).expect(201);
    // The API server loads a policy some time after it was created.
    await("the hold policy").atMost(Duration.ofSeconds(30)).until(() -> cluster.api()
        .patch(web + "?dryRun=All", Api.Patch.STRATEGIC, WorkloadContract.NEW_IMAGE).expect(200).at("/spec/paused")
        .asBoolean());
  }

  @AfterAll
  static void removePolicy(ControlPlane plane) {
    Api api = new Api(plane.client(Actor.ADMIN));
    String group = "/apis/admissionregistration.k8s.io/v1/";
    api.delete(group + "mutatingadmissionpolicybindings/" + HOLD).expect(200);
    api.delete(group + "mutatingadmissionpolicies/" + HOLD).expect(200);
  }
}
