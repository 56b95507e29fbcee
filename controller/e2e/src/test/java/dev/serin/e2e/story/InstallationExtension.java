package dev.serin.e2e.story;

import dev.serin.testkit.RealControlPlaneExtension;
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
    var plane = RealControlPlaneExtension.controlPlane(context);
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Installation.class,
        _ -> Installation.start(plane), Installation.class);
  }
}
