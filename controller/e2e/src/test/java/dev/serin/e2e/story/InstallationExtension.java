package dev.serin.e2e.story;

import dev.serin.testkit.ControlPlane;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Installs Serin once for all stories of the JVM.
final class InstallationExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(InstallationExtension.class);

  // JUnit creates extensions by reflection.
  InstallationExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // A control plane of its own: what other tests do to Rollouts and Deployments is not for this operator.
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Installation.class,
        _ -> Installation.start(ControlPlane.start()), Installation.class);
  }
}
