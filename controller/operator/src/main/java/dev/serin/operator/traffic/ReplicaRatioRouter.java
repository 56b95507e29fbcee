package dev.serin.operator.traffic;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.ReplicaRatio;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/// Shares by numbers of pods: the user's Service selects stable and canary pods alike and spreads connections evenly.
///
/// The share holds per connection, not per request: long-lived connections keep the arm they met first.
public final class ReplicaRatioRouter implements TrafficRouter {

  private static final int TRIES = 5;

  private final KubernetesClient client;
  private final String fieldManager;

  public ReplicaRatioRouter(KubernetesClient client, String fieldManager) {
    this.client = client;
    this.fieldManager = fieldManager;
  }

  @Override
  public Preflight preflight(RouteTarget target, List<PlannedStep> steps) {
    return ReplicaRatio.refusal(steps, target.stablePods()).<Preflight>map(Preflight.Refused::new)
        .orElseGet(Preflight.Possible::new);
  }

  @Override
  public Applied apply(RouteTarget target, Split split, Approval approval) {
    return apply(target, split, approval, TRIES);
  }

  private Applied apply(RouteTarget target, Split split, Approval approval, int tries) {
    Optional<Deployment> carrier = carrier(target);
    if (carrier.isEmpty()) {
      return split.pods() == 0 ? new Applied.Unchanged() : new Applied.Overtaken();
    }
    Deployment canary = carrier.get();
    int now = replicas(canary);
    if (now == split.pods()) {
      return new Applied.Unchanged();
    }
    boolean raises = split.pods() > now;
    boolean same = now == split.from()
        && split.revision().value().equals(canary.getMetadata().getLabels().get(Keys.REVISION));
    if (raises) {
      return same && approval.stands() ? scale(canary, split.pods()) : new Applied.Overtaken();
    }
    Applied lowered = scale(canary, split.pods());
    // The version changes with every pod that comes or goes, which must not keep a share from being lowered.
    return lowered instanceof Applied.Overtaken && tries > 1 ? apply(target, split, approval, tries - 1) : lowered;
  }

  @Override
  public RouteState observe(RouteTarget target, Split split) {
    return carrier(target).map(canary -> {
      if (!split.revision().value().equals(canary.getMetadata().getLabels().get(Keys.REVISION))
          || replicas(canary) != split.pods()) {
        return RouteState.CONTENDED;
      }
      var status = canary.getStatus();
      boolean current = status != null && status.getObservedGeneration() != null
          && status.getObservedGeneration() >= canary.getMetadata().getGeneration();
      return current && ready(canary) == split.pods() && count(status.getReplicas()) == split.pods()
          ? RouteState.SETTLED
          : RouteState.SETTLING;
    }).orElse(RouteState.REMOVED);
  }

  @Override
  public void withdraw(RouteTarget target) {
    carrier(target).filter(canary -> replicas(canary) > 0).ifPresent(canary -> scale(canary, 0));
  }

  private Optional<Deployment> carrier(RouteTarget target) {
    return Optional.ofNullable(client.apps().deployments().inNamespace(target.namespace())
        .withName(target.canary()).get()).filter(
            canary -> Keys.CANARY.equals(
                Optional.ofNullable(canary.getMetadata().getLabels()).map(labels -> labels.get(Keys.ARM))
                    .orElse(null)));
  }

  private Applied scale(Deployment canary, int pods) {
    // To no pods it must get through whatever happened meanwhile, but only on this uid. Any other number must meet what was
    // read: what lowers four pods to two would raise a canary that was withdrawn in between.
    String version = pods > 0 ? ",\"resourceVersion\":\"" + canary.getMetadata().getResourceVersion() + "\"" : "";
    String patch = "{\"metadata\":{\"uid\":\"" + canary.getMetadata().getUid() + "\"" + version
        + "},\"spec\":{\"replicas\":" + pods + "}}";
    try {
      client.apps().deployments().inNamespace(canary.getMetadata().getNamespace())
          .withName(canary.getMetadata().getName())
          .patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).withFieldManager(fieldManager).build(),
              patch);
      return new Applied.Written();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return new Applied.Overtaken();
      }
      throw e;
    }
  }

  private static int replicas(Deployment canary) {
    return canary.getSpec().getReplicas() == null ? 1 : canary.getSpec().getReplicas();
  }

  private static int ready(Deployment canary) {
    return count(canary.getStatus().getReadyReplicas());
  }

  private static int count(Integer value) {
    return value == null ? 0 : value;
  }
}
