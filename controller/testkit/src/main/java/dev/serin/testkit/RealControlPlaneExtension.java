package dev.serin.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the control plane of the JVM for the first test that asks for it, see [RealControlPlane].
public final class RealControlPlaneExtension implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RealControlPlaneExtension.class);

  // JUnit creates extensions by reflection.
  RealControlPlaneExtension() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decide(binaries(context), "true".equals(System.getenv("CI")));
  }

  static ConditionEvaluationResult decide(Binaries binaries, boolean ci) {
    return switch (binaries) {
      case Binaries.Found(var folder) -> ConditionEvaluationResult.enabled("control plane in " + folder);
      case Binaries.Missing(var reason) when ci ->
        throw new IllegalStateException("CI must run the tests on a real control plane, but there is none: " + reason);
      case Binaries.Missing(var reason) -> ConditionEvaluationResult.disabled("no control plane: " + reason);
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return controlPlane(context);
  }

  /// The control plane of this JVM, for extensions that build on it.
  public static ControlPlane controlPlane(ExtensionContext context) {
    // The root store closes what it holds when the last test of the JVM is over.
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(ControlPlane.class, _ -> ControlPlane.start(),
        ControlPlane.class);
  }

  private static Binaries binaries(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Binaries.class, _ -> notice(Binaries.locate()),
        Binaries.class);
  }

  private static Binaries notice(Binaries binaries) {
    if (binaries instanceof Binaries.Missing(var reason)) {
      String line = "!".repeat(100);
      System.err
          .println(
              line + "\n!! SKIPPED: all tests on a real Kubernetes control plane, or with its kubectl. Nothing below "
                  + "proves that Serin works on a cluster.\n!! " + reason + "\n" + line);
    }
    return binaries;
  }
}
