package dev.serin.e2e.story;

import dev.serin.testkit.RealControlPlane;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The tests of this class get the [Installation] of this JVM as a parameter, each uses a namespace of its own, and they
/// run beside other stories. After each one the safety monitor has found nothing.
@Execution(ExecutionMode.CONCURRENT)
@RealControlPlane
@ExtendWith(InstallationExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Story {}
