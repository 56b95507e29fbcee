package dev.serin.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The tests of this class need a real control plane, and get the one of this JVM as a parameter of type
/// [ControlPlane]; or they need only its programs, see [Kubectl#of].
///
/// It is started once, for the first test that has such a parameter, and closed after the last test. Where there can be none the tests are skipped with a notice, and
/// fail when the environment says `CI=true`. Tests share it: each works in its own [ControlPlane#newNamespace(String)].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealControlPlaneExtension.class)
public @interface RealControlPlane {}
