package dev.serin.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A Deployment whose new versions are canaried, judged by their error signatures, and promoted or rolled back.
///
/// [#getStatus()] is never null on an object that was read: without a status it is [RolloutStatus#EMPTY].
@Group(Keys.GROUP)
@Version("v1alpha1")
@ShortNames("srn")
public class Rollout extends CustomResource<RolloutSpec, RolloutStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;

  @Override
  protected RolloutStatus initStatus() {
    return RolloutStatus.EMPTY;
  }
}
