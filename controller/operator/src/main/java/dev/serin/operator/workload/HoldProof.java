package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.RolloutSpec.Hold;
import dev.serin.rollout.Workload.Protection;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Proves that a changed template does not roll by itself: a dry run that changes the template and unpauses at once
/// must come back paused, and where one is held already, so must one that only unpauses, as a manifest with `paused: false`
/// does. Whether a policy is installed is not asked, whether it works is.
public final class HoldProof {

  private static final Duration BAD_FOR = Duration.ofSeconds(15);
  private static final int TOO_MANY_REQUESTS = 429;
  /// A field manager that the policy makes no exception for.
  private static final String ANYBODY = "serin-hold-proof";

  private final KubernetesClient client;
  private final Duration goodFor;
  private final Map<Name, Proof> proofs = new ConcurrentHashMap<>();

  private record Name(String namespace, String name) {}

  /// @param uid
  ///          of the Deployment that it speaks of
  private record Proof(String uid, Protection protection, Instant at) {

    boolean holds() {
      return protection instanceof Protection.Policy;
    }
  }

  /// @param goodFor
  ///          how long a proof counts; a failed one counts for 15 s at most
  public HoldProof(KubernetesClient client, Duration goodFor) {
    this.client = client;
    this.goodFor = goodFor;
  }

  /// What protects this Deployment; asks the API server when the last proof does not count any more.
  ///
  /// @param stable
  ///          read live, with our label
  /// @param anew
  ///          whether the last proof does not count: too much depends on the answer
  /// @throws KubernetesClientException
  ///           when there is no answer, and no last proof that counts
  public Protection protection(Hold hold, DeploymentView stable, boolean anew, Instant now) {
    return switch (hold) {
      case ALWAYS -> new Protection.KeptPaused();
      case UNKNOWN ->
        new Protection.Unproven("spec.hold has a value that this version of Serin does not know: use Auto "
            + "or Always.");
      case AUTO -> proven(stable, anew, now);
    };
  }

  private Protection proven(DeploymentView stable, boolean anew, Instant now) {
    var name = new Name(stable.namespace(), stable.name());
    Proof known = anew ? null : proofs.get(name);
    Proof last = known != null && known.uid().equals(stable.uid()) ? known : null;
    if (last != null && fresh(last, now)) {
      return last.protection();
    }
    Protection found = prove(stable, last);
    proofs.put(name, new Proof(stable.uid(), found, now));
    return found;
  }

  private boolean fresh(Proof proof, Instant now) {
    return now.isBefore(proof.at().plus(proof.holds() || goodFor.compareTo(BAD_FOR) < 0 ? goodFor : BAD_FOR));
  }

  /// Forgets a Deployment.
  public void forget(String namespace, String name) {
    proofs.remove(new Name(namespace, name));
  }

  private Protection prove(DeploymentView stable, @Nullable Proof last) {
    try {
      boolean held = staysPaused(stable, change(stable), Keys.FIELD_MANAGER)
          && (!stable.paused() || staysPaused(stable, unpaused(stable), ANYBODY));
      return held ? new Protection.Policy() : new Protection.Unproven(rolls(stable));
    } catch (KubernetesClientException e) {
      if (answered(e.getCode())) {
        return new Protection.Unproven(refused(stable, e.getCode()));
      }
      if (last != null) {
        // An API server that is away, or has too much to do, says nothing about the policy.
        return last.protection();
      }
      throw e;
    }
  }

  private boolean staysPaused(DeploymentView stable, ObjectNode patch, String manager) {
    var answer = client.genericKubernetesResources(WorkloadReader.DEPLOYMENTS).inNamespace(stable.namespace())
        .withName(stable.name()).patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(manager).withDryRun(List.of("All")).build(), patch.toString());
    return new DeploymentView(client.getKubernetesSerialization().convertValue(answer, JsonNode.class)).paused();
  }

  private static boolean answered(int code) {
    return code >= HttpURLConnection.HTTP_BAD_REQUEST && code < HttpURLConnection.HTTP_INTERNAL_ERROR
        && code != HttpURLConnection.HTTP_CLIENT_TIMEOUT && code != HttpURLConnection.HTTP_CONFLICT
        && code != TOO_MANY_REQUESTS;
  }

  private static ObjectNode unpaused(DeploymentView stable) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", stable.uid());
    patch.putObject("spec").put("paused", false);
    return patch;
  }

  private static ObjectNode change(DeploymentView stable) {
    ObjectNode patch = unpaused(stable);
    patch.withObject("/spec").putObject("template").putObject("metadata").putObject("annotations")
        .put(Keys.PROOF, stable.resourceVersion());
    return patch;
  }

  private static String rolls(DeploymentView stable) {
    return "A dry run shows that a changed template of Deployment " + stable.name()
        + " would roll at once: install the "
        + "hold policy of the chart (Kubernetes 1.36 or newer), or set spec.hold to Always.";
  }

  private static String refused(DeploymentView stable, int code) {
    return "The dry run that proves that a changed template of Deployment " + stable.name() + " is held was refused ("
        + code + "): find the admission webhook or policy that refuses dry runs, or set spec.hold to Always.";
  }
}
