package dev.serin.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// The record of one candidate under judgement, named `<rollout>-<revision>` and owned by the Rollout: the policy as it
/// was when
/// judging began, the counts, the evidence and the verdict. Written by the controller only, by compare-and-swap on
/// resourceVersion.
///
/// [#getStatus()] is never null on an object that was read: without a status it is [AnalysisStatus#EMPTY].
@Group(Keys.GROUP)
@Version("v1alpha1")
@Plural("analyses")
public class Analysis extends CustomResource<AnalysisSpec, AnalysisStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;

  @Override
  protected AnalysisStatus initStatus() {
    return AnalysisStatus.EMPTY;
  }
}
