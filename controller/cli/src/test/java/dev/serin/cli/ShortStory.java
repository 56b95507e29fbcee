package dev.serin.cli;

import dev.serin.testkit.process.ChildJvm;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `serin demo` as a process of its own, with a scenario of a few seconds: a version whose every request fails is
/// rolled back after the first twenty.
final class ShortStory {

  private ShortStory() {}

  /// @param folder
  ///          gets everything that the demo writes
  /// @param expect
  ///          what the scenario claims to come of the version
  static ChildProcess play(Path folder, String expect, String... options) throws IOException {
    Path scenario = Files.writeString(folder.resolve("story.yaml"), """
        name: a version that answers nothing well
        workload: {name: shop, namespace: market, replicas: 2, image: "shop:v1"}
        rollout:
          steps: [{weight: 34%%, minDuration: 1s, maxDuration: 60s}]
          analysis: {window: 1s, warmup: 0s, minRequests: 1}
        versions:
        - image: shop:v1
        - image: shop:v2
          errors: [{message: Order <id> is lost, status: 500}]
        load: {rps: 100, keepAlive: 5}
        pushes:
        - {at: 2s, image: "shop:v2", expect: %s, within: 60s}
        """.formatted(expect));
    ChildJvm program = ChildJvm.of("dev.serin.cli.Main", folder).withOption("-Xmx256m")
        .withOption("-XX:TieredStopAtLevel=1").withProperty("java.io.tmpdir", folder.toString())
        .withArgument("demo").withArgument("--scenario").withArgument(scenario.toString());
    for (String option : options) {
      program = program.withArgument(option);
    }
    return program.start();
  }
}
