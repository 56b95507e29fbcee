package dev.serin.bench;

import dev.serin.bench.report.Origin;
import dev.serin.bench.signature.Accuracy;
import dev.serin.bench.signature.FaultRank;
import dev.serin.bench.signature.HostileStream;
import dev.serin.bench.signature.SignatureReport;
import dev.serin.bench.signature.SignatureReport.RealFaults;
import dev.serin.bench.signature.Speed;
import dev.serin.signature.record.RuntimeLine;
import dev.serin.testkit.data.LogHub;
import dev.serin.testkit.data.LogHub.Truth;
import dev.serin.testkit.data.Nezha;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Measures signatures and writes the page.
@Command(name = "signatures", description = "Measures accuracy, speed and memory of signatures and writes signatures.md.", mixinStandardHelpOptions = true)
final class SignaturesCommand implements Callable<Integer> {

  private static final long FEWEST = 10;

  @Option(names = "--hostile", defaultValue = "10000000", description = "Lines of the hostile stream; default ${DEFAULT-VALUE}.")
  private long hostile;

  @Option(names = "--no-speed", description = "Leave the throughput out.")
  private boolean noSpeed;

  @Option(names = "--out", defaultValue = "docs/benchmarks", description = "Folder to write to; default ${DEFAULT-VALUE}.")
  private Path out = Path.of("docs/benchmarks");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (hostile < FEWEST) {
      throw new ParameterException(spec.commandLine(), "the hostile stream has 10 lines at least");
    }
    var log = spec.commandLine().getOut();
    var nezha = Nezha.find();
    SequencedMap<String, List<String>> measured = new LinkedHashMap<>();
    if (!noSpeed) {
      LogHub.sets(Truth.ORIGINAL).forEach(set -> measured.put(set.name(), set.lines()));
      nezha.ifPresent(data -> measured.put("Nezha", texts(data)));
    }
    List<Speed> speeds = Speed.of(measured);
    log.println("speed of " + speeds.size() + " data sets measured");
    var faults = nezha.map(
        data -> new RealFaults(FaultRank.all(data, false), FaultRank.all(data, true), FaultRank.faultFree(data)));
    log.println("faults ranked: " + faults.map(found -> found.all().size()).orElse(0));
    var stream = HostileStream.play(hostile);
    log.println("hostile lines counted: " + stream.counted());
    var command = "serin-bench " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
    Files.createDirectories(out);
    Files.writeString(out.resolve("signatures.md"), new SignatureReport(command, Origin.here(),
        Accuracy.all(Truth.ORIGINAL), Accuracy.all(Truth.CORRECTED), speeds, stream, faults).markdown());
    log.println(out.resolve("signatures.md"));
    return 0;
  }

  /// What the applications wrote, line by line.
  private static List<String> texts(Nezha data) {
    return data.faults().stream().flatMap(fault -> Stream.concat(fault.before().stream(), fault.during().stream()))
        .map(line -> RuntimeLine.read(line.text()).text()).toList();
  }
}
