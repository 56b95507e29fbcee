package dev.serin.operator.workload;

import dev.serin.rollout.Revision;

/// A template that Serin wrote to the user's Deployment was stored as another one.
public final class TemplateAltered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String change;

  TemplateAltered(String deployment, Revision revision) {
    super("Deployment " + deployment + " changed the template of " + revision);
    this.change = "The template of revision " + revision + " comes back changed when Serin writes it to Deployment "
        + deployment
        + ", because an admission webhook or policy changes Deployments: exempt this one from it, or let what it made "
        + "run with kubectl rollout resume deployment/" + deployment + ". Serin tries again every 15 s.";
  }

  /// A sentence that says what to change.
  public String change() {
    return change;
  }
}
