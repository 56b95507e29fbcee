package dev.serin.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JudgeCommandTest {

  @TempDir
  private Path folder;

  @Test
  @DisplayName("One line of JSON for each run, with everything that there is to say")
  void lines() throws IOException {
    Path windows = file("w.ndjson", Stream.concat(
        IntStream.range(0, 60).mapToObj(k -> Ndjson.window("bad", k, 20, 1)),
        IntStream.range(0, 60).mapToObj(k -> Ndjson.window("good", k, 0, 1))).toList());
    Path policy = file("policy.yaml", List.of("known: [timeout]"));

    Ended ended = run("--policy", policy.toString(), windows.toString());

    assertThat(ended.status()).as(ended.errors()).isZero();
    List<String> lines = ended.output().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode bad = new ObjectMapper().readTree(lines.getFirst());
    assertThat(List.copyOf(bad.properties().stream().map(field -> field.getKey()).toList())).containsExactly("run",
        "window", "verdict", "code", "reason", "blamed", "logG", "logGwin", "ratio", "modelSuspect");
    assertThat(bad.path("run").asText()).isEqualTo("bad");
    assertThat(bad.path("verdict").asText()).isEqualTo("RollBack");
    assertThat(bad.path("reason").asText()).startsWith("Rolled back: ").contains("timeout");
    assertThat(bad.path("blamed").path(0).asText()).isEqualTo("timeout");
    assertThat(bad.path("logG").asDouble()).isGreaterThanOrEqualTo(Math.log(125));
    assertThat(bad.path("ratio").path("low").asDouble()).isLessThan(bad.path("ratio").path("estimate").asDouble());
    JsonNode good = new ObjectMapper().readTree(lines.getLast());
    assertThat(good.path("window").asLong()).isEqualTo(59);
    assertThat(good.path("firstAdvance").asLong()).isLessThanOrEqualTo(59);
  }

  @Test
  @DisplayName("The example of the reference page prints what stands there")
  void example() throws IOException {
    String page = Files.readString(Path.of("../../docs/reference/judge.md"));
    Path windows = file("w.ndjson", List.of(block(page, "ndjson")));
    Path policy = file("policy.yaml", List.of(block(page, "yaml")));

    Ended ended = run("--policy", policy.toString(), windows.toString());

    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output()).isEqualTo(block(page, "json"));
  }

  /// The first block of a page in a language.
  private static String block(String page, String language) {
    String fence = "```" + language + "\n";
    int begin = page.indexOf(fence) + fence.length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  @DisplayName("What is too long for a number or a name is refused with the line's number, and what is quoted of it is safe to show")
  void hostileLines() throws IOException {
    for (String line : List.of("{\"run\":\"r\",\"window\":1" + "0".repeat(2000) + "}",
        "{\"run\":\"" + "r".repeat(21_000_000 / 2) + "\",\"windows\":1}",
        "{\"run\":\"r\",\"\\u001b[31m\\u0007evil\":1}")) {
      Ended ended = run(file("w.ndjson", List.of(line)).toString());

      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors()).startsWith("line 1: ").hasLineCount(1).doesNotContain("Exception", "\u001b", "\u0007");
      assertThat(ended.errors().length()).isLessThan(400);
    }
  }

  @Test
  @DisplayName("With --every-window each window has its line")
  void everyWindow() throws IOException {
    Path windows = file("w.ndjson", IntStream.range(0, 7).mapToObj(k -> Ndjson.window("a", k, 1, 9)).toList());

    assertThat(run("--every-window", windows.toString()).output().lines()).hasSize(7)
        .allMatch(line -> line.contains("\"verdict\":\"Hold\""));
  }

  @Test
  @DisplayName("A wrong line ends with 2 and its number; what was decided before stays said")
  void wrongLine() throws IOException {
    Path windows = file("w.ndjson", Stream.concat(
        IntStream.range(0, 60).mapToObj(k -> Ndjson.window("bad", k, 20, 1)), Stream.of("", "nonsense")).toList());

    Ended ended = run(windows.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith("line 62: is no JSON as it should be").doesNotContain("\tat ");
    assertThat(ended.output()).contains("\"verdict\":\"RollBack\"").hasLineCount(1);
  }

  @Test
  @DisplayName("Files that are not there, policies and Analyses that are wrong end with 2 and the file's name")
  void wrongFiles() throws IOException {
    Path policy = file("policy.yaml", List.of("knwon: [timeout]"));
    Path analysis = file("analysis.yaml", List.of("kind: Rollout"));

    assertThat(run("nowhere.ndjson")).satisfies(ended -> {
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors()).startsWith("nowhere.ndjson: is no file that can be read; a relative path begins at ");
    });
    assertThat(run("--policy", policy.toString(), "nowhere.ndjson").errors())
        .startsWith(policy + ": knwon: is no field of the API");
    assertThat(run("--analysis", analysis.toString())).satisfies(ended -> {
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors()).startsWith(analysis + ": must hold one Analysis");
    });
    assertThat(run("--analysis", analysis.toString(), "--every-window").status()).isEqualTo(2);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Ended run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new JudgeCommand()).setOut(new PrintWriter(output))
        .setErr(new PrintWriter(errors));
    return new Ended(line.execute(arguments), output.toString(), errors.toString());
  }

  private record Ended(int status, String output, String errors) {}
}
