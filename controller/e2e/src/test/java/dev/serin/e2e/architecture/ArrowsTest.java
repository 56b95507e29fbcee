package dev.serin.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows of the architecture: which part may know which.
class ArrowsTest {

  private static final String RECONCILE = "dev.serin.operator.reconcile..";

  private static final Set<String> ADAPTERS = Set.of("workload", "traffic", "source", "notify");

  /// What of Serin each layer may know, apart from itself.
  private static final Map<String, String[]> MAY_KNOW = Map.ofEntries(
      Map.entry(Code.API, new String[0]),
      Map.entry(Code.STATS, new String[0]),
      Map.entry(Code.SIGNATURE, new String[0]),
      Map.entry(Code.JUDGE, new String[]{Code.STATS, Code.SIGNATURE}),
      Map.entry(Code.ROLLOUT, new String[]{Code.JUDGE, Code.STATS, Code.SIGNATURE, Code.PLAN}),
      Map.entry(Code.PLAN, new String[]{Code.STATS}),
      Map.entry(Code.SANDBOX, new String[]{Code.API}),
      Map.entry(Code.TESTKIT, new String[0]),
      Map.entry(Code.BENCH, concat(Code.CORE, "dev.serin.testkit.data..")),
      Map.entry(Code.OPERATOR, concat(Code.CORE, Code.API)),
      Map.entry(Code.CLI, concat(Code.CORE, Code.API, Code.OPERATOR, Code.SANDBOX)));

  @Test
  @DisplayName("The scan sees every module that has code")
  void scanSeesTheModules() {
    for (String name : Set.of("signature.SignatureId", "testkit.ControlPlane", "bench.SerinBench")) {
      assertThat(Code.CLASSES.contain("dev.serin." + name)).as(name).isTrue();
    }
    assertThat(Code.CLASSES).noneMatch(type -> type.getPackageName().startsWith("dev.serin.e2e"));
  }

  @TestFactory
  @DisplayName("Each layer knows only the layers that the arrows allow")
  Stream<DynamicTest> layersKnowOnlyWhatTheyMay() {
    return MAY_KNOW.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(layer -> DynamicTest.dynamicTest(layer.getKey(), () -> noClasses().that()
            .resideInAPackage(layer.getKey()).should().dependOnClassesThat(resideInAnyPackage("dev.serin..")
                .and(not(resideInAnyPackage(concat(layer.getValue(), layer.getKey())))))
            .allowEmptyShould(true).check(Code.CLASSES)));
  }

  @TestFactory
  @DisplayName("Adapters never import each other, nor what drives them")
  Stream<DynamicTest> adaptersStandAlone() {
    return ADAPTERS.stream().sorted().map(adapter -> DynamicTest.dynamicTest(adapter,
        () -> noClasses().that().resideInAPackage(operator(adapter)).should().dependOnClassesThat()
            .resideInAnyPackage(concat(others(adapter), RECONCILE, operator("web")))
            .allowEmptyShould(true).check(Code.CLASSES)));
  }

  @Test
  @DisplayName("Adapters meet only in operator.reconcile")
  void adaptersMeetInReconcile() {
    classes().that(resideInAnyPackage(Code.OPERATOR).and(not(resideInAnyPackage(RECONCILE))))
        .should(knowAtMostOneAdapter()).allowEmptyShould(true).check(Code.CLASSES);
  }

  @Test
  @DisplayName("web reads views: it knows no adapter")
  void webKnowsNoAdapter() {
    noClasses().that().resideInAPackage(operator("web")).should().dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS.stream().map(ArrowsTest::operator).toArray(String[]::new)).allowEmptyShould(true)
        .check(Code.CLASSES);
  }

  @Test
  @DisplayName("Packages have no cycles")
  void noCycles() {
    slices().matching("dev.serin.(**)").should().beFreeOfCycles().check(Code.CLASSES);
  }

  private static ArchCondition<JavaClass> knowAtMostOneAdapter() {
    return new ArchCondition<>("know at most one adapter") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<String> known = type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass)
            .flatMap(target -> ADAPTERS.stream().filter(adapter -> resideInAnyPackage(operator(adapter)).test(target)))
            .collect(Collectors.toSet());
        events.add(new SimpleConditionEvent(type, known.size() <= 1, type.getName() + " knows the adapters " + known));
      }
    };
  }

  private static String[] others(String adapter) {
    return ADAPTERS.stream().filter(other -> !other.equals(adapter)).map(ArrowsTest::operator).toArray(String[]::new);
  }

  private static String operator(String part) {
    return "dev.serin.operator." + part + "..";
  }

  private static String[] concat(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
