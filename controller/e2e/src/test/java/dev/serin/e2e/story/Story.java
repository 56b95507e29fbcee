package dev.serin.e2e.story;

import dev.serin.testkit.RealControlPlane;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The tests of this class get the [Installation] of this JVM as a parameter.
@RealControlPlane
@ExtendWith(InstallationExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Story {}
