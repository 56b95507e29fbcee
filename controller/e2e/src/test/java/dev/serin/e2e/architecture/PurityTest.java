package dev.serin.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The core is pure: equal inputs give equal answers, on every machine and at every time.
class PurityTest {

  private static final String[] CORE_LIBRARIES = {"java.lang..", "java.math..", "java.nio", "java.nio.charset..",
      "java.security..",
      "java.text..", "java.time..", "java.util..", "org.apache.commons.math3..", "org.jspecify.."};

  // Packages that the libraries above contain and the core must not use.
  private static final String[] IMPURE = {"java.lang.foreign..", "java.lang.management..", "java.lang.reflect..",
      "java.util.concurrent.locks..", "java.util.jar..", "java.util.logging..", "java.util.prefs..",
      "java.util.random..",
      "java.util.zip..", "org.apache.commons.math3.random.."};

  private static final Set<String> IMPURE_TYPES = Set.of("java.lang.Process", "java.lang.ProcessBuilder",
      "java.lang.Runtime", "java.lang.Thread", "java.security.SecureRandom", "java.time.Clock",
      "java.time.InstantSource",
      "java.util.Random", "java.util.SplittableRandom", "java.util.Timer", "java.util.concurrent.ThreadLocalRandom");

  private static final Pattern READS_A_CLOCK = Pattern.compile(
      "java\\.time\\.\\w+\\.now|java\\.lang\\.System\\.(currentTimeMillis)|java\\.util\\.Date\\.<init>");

  private static final Pattern IMPURE_MEMBER = Pattern.compile(READS_A_CLOCK.pattern()
      + "|java\\.lang\\.System\\.(nanoTime|out|err|in|getenv|getProperty|exit)|java\\.lang\\.(Strict)?Math\\.random"
      + "|java\\.util\\.UUID\\.randomUUID|java\\.util\\.Collections\\.shuffle|java\\.lang\\.System\\.identityHashCode");

  @Test
  @DisplayName("The core uses java.base, commons-math3 and JSpecify, and of java.base nothing that does I/O")
  void coreUsesOnlyPureLibraries() {
    noClasses().that().resideInAnyPackage(Code.CORE).should()
        .dependOnClassesThat(not(resideInAnyPackage(CORE_LIBRARIES).or(resideInAnyPackage(Code.CORE)))
            .or(resideInAnyPackage(IMPURE)))
        .check(Code.CLASSES);
  }

  @Test
  @DisplayName("The core knows no clock, no random source, no thread and no process")
  void coreKnowsNoClockAndNoRandom() {
    noClasses().that().resideInAnyPackage(Code.CORE).should().dependOnClassesThat()
        .haveNameMatching(String.join("|", IMPURE_TYPES.stream().map(Pattern::quote).toList())).check(Code.CLASSES);
  }

  @Test
  @DisplayName("The core reads neither time nor chance, neither environment nor console")
  void coreReadsNothing() {
    noClasses().that().resideInAnyPackage(Code.CORE).should(access(IMPURE_MEMBER)).check(Code.CLASSES);
  }

  @Test
  @DisplayName("Operator, sandbox and command line take the time from an injected source")
  void shellTakesTimeFromASource() {
    noClasses().that().resideInAnyPackage(Code.OPERATOR, Code.SANDBOX, Code.CLI).should(access(READS_A_CLOCK))
        .allowEmptyShould(true).check(Code.CLASSES);
  }

  @Test
  @DisplayName("The names of forbidden members are those of the JDK")
  void namesMatchTheJdk() throws ReflectiveOperationException {
    assertThat(IMPURE_MEMBER.matcher(memberName(System.class.getMethod("nanoTime"))).matches()).isTrue();
    assertThat(READS_A_CLOCK.matcher(memberName(Instant.class.getMethod("now"))).matches()).isTrue();
    for (String type : IMPURE_TYPES) {
      assertThat(Class.forName(type).getName()).isEqualTo(type);
    }
  }

  private static String memberName(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  private static ArchCondition<JavaClass> access(Pattern members) {
    return new ArchCondition<>("access " + members) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : List.copyOf(type.getAccessesFromSelf())) {
          String member = access.getTargetOwner().getName() + "." + access.getTarget().getName();
          events.add(new SimpleConditionEvent(type, members.matcher(member).matches(), access.getDescription()));
        }
      }
    };
  }
}
