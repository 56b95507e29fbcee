package dev.serin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.bench.signature.HostileStream;
import dev.serin.bench.signature.Speed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder = Path.of(".");

  @Test
  @DisplayName("The page names the command, code and machine that made it, and says what was not measured")
  void writesThePage() throws IOException {
    int code = run("signatures", "--hostile", "5000", "--no-speed", "--out", folder.toString());

    assertThat(code).isZero();
    assertThat(Files.readString(folder.resolve("signatures.md")))
        .contains("- Command: `serin-bench signatures --hostile 5000 --no-speed --out ", "- Algorithm: `s1`",
            "- Commit: ",
            "- Machine: ", "## Accuracy", "Not measured: ", "- Counted: 5,000 of 5,000, in ");
  }

  @Test
  @DisplayName("Too short a hostile stream is refused with exit code 2")
  void refuses() {
    assertThat(run("signatures", "--hostile", "9")).isEqualTo(2);
    assertThat(err.toString()).contains("the hostile stream has 10 lines at least");
  }

  @Test
  @DisplayName("A hostile stream is counted exactly and fills the state before it folds")
  void countsHostileLines() {
    var stream = HostileStream.play(40_000);

    assertThat(stream.counted()).isEqualTo(40_000);
    assertThat(stream.heap()).hasSize(10);
    assertThat(stream.json()).as("bytes of the largest state").isBetween(500_000L, 4L << 20);
  }

  @Test
  @DisplayName("A known line costs no allocation, and every template is found")
  void measuresSpeed() {
    var sets = new LinkedHashMap<String, List<String>>();
    sets.put("two", List.of("login of user 17 failed", "disk 3 is full"));
    sets.put("one", List.of("disk 4 is full", "disk 815 is full"));

    List<Speed> speeds = Speed.of(sets);

    assertThat(speeds).extracting(Speed::name).containsExactly("two", "one");
    assertThat(speeds).extracting(Speed::templates).containsExactly(2, 1);
    assertThat(speeds).extracting(Speed::bytesPerLine).containsExactly(18.5, 15.0);
    assertThat(speeds).allSatisfy(speed -> {
      assertThat(speed.allocated()).isLessThan(200);
      assertThat(speed.counting()).isPositive();
    });
  }

  private int run(String... args) {
    return SerinBench.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
  }
}
