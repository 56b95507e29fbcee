package dev.serin.e2e.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The compiled main classes of all modules, and the names of their layers.
final class Code {

  static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.serin");

  static final String API = "dev.serin.api..";
  static final String SIGNATURE = "dev.serin.signature..";
  static final String STATS = "dev.serin.stats..";
  static final String JUDGE = "dev.serin.judge..";
  static final String PLAN = "dev.serin.plan..";
  static final String ROLLOUT = "dev.serin.rollout..";
  static final String OPERATOR = "dev.serin.operator..";
  static final String CLI = "dev.serin.cli..";
  static final String SANDBOX = "dev.serin.sandbox..";
  static final String TESTKIT = "dev.serin.testkit..";
  static final String BENCH = "dev.serin.bench..";

  static final String[] CORE = {SIGNATURE, STATS, JUDGE, PLAN, ROLLOUT};

  private Code() {}
}
