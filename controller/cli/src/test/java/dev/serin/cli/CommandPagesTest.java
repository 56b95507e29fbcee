package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// docs/reference/judge.md, plan.md and signatures.md against the commands.
class CommandPagesTest {

  private static final Path ROOT = Path.of("../..");
  private static final Path JUDGE = ROOT.resolve("docs/reference/judge.md");
  private static final Path PLAN = ROOT.resolve("docs/reference/plan.md");
  private static final Path SIGNATURES = ROOT.resolve("docs/reference/signatures.md");

  @TempDir
  private Path folder;

  @Test
  @DisplayName("The windows and the policy of the page give the lines of the page; digits of evidence are not compared")
  void judge() throws IOException {
    Path windows = Files.writeString(folder.resolve("windows.ndjson"), block(JUDGE, "ndjson"));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), block(JUDGE, "yaml"));

    Ended ended = run("judge", "--policy", policy.toString(), windows.toString());

    assertThat(ended.status()).as(ended.errors()).isZero();
    List<String> lines = ended.output().lines().toList();
    List<String> page = block(JUDGE, "json").lines().toList();
    assertThat(lines).hasSameSizeAs(page);
    for (String line : page) {
      JsonNode expected = new ObjectMapper().readTree(line);
      JsonNode actual = lines.stream().map(CommandPagesTest::json)
          .filter(found -> found.path("run").equals(expected.path("run"))).findFirst().orElseThrow();
      assertThat(names(actual)).isEqualTo(names(expected));
      for (String field : List.of("window", "verdict", "code")) {
        assertThat(actual.path(field)).as("%s of %s", field, line).isEqualTo(expected.path(field));
      }
      assertThat(actual.path("reason").asText().replaceAll("[0-9.]+ to 1", "x to 1"))
          .isEqualTo(expected.path("reason").asText().replaceAll("[0-9.]+ to 1", "x to 1"));
    }
  }

  @Test
  @DisplayName("The commands of the page can be called as they stand")
  void plan() throws IOException {
    List<String> commands = block(PLAN, "sh").lines().toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(4).allSatisfy(command -> {
      Ended ended = run(command.replace(" docs/", " " + ROOT + "/docs/").substring("serin ".length()).split(" ", -1));
      assertThat(ended.status()).as("%s: %s", command, ended.errors()).isZero();
      assertThat(ended.output()).isNotBlank();
    });
  }

  @Test
  @DisplayName("The commands of the page of signatures can be called as they stand")
  void signatures() throws IOException {
    for (String log : List.of("app.log", "app.log.1.gz", "canary.log", "stable.log", "messages.txt")) {
      Files.writeString(folder.resolve(log), "ERROR shop.Api - order 7 is lost\n");
    }

    assertThat(block(SIGNATURES, "sh").lines().toList()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(command -> {
      Ended ended = run(Stream.of(command.substring("serin ".length()).split(" ", -1))
          .map(word -> word.contains(".") ? folder.resolve(word).toString() : word).toArray(String[]::new));
      assertThat(ended.status()).as("%s: %s", command, ended.errors()).isZero();
      assertThat(ended.output()).contains("order <*> is lost");
    });
  }

  @Test
  @DisplayName("Each page names every option of its command, and every exit code")
  void complete() throws IOException {
    CommandLine serin = Main.commandLine();
    for (var page : List.of(JUDGE, PLAN, SIGNATURES)) {
      String name = page.getFileName().toString().replace(".md", "");
      String text = Files.readString(page);
      var spec = Objects.requireNonNull(serin.getSubcommands().get(name), name).getCommandSpec();
      assertThat(spec.options().stream().filter(option -> !option.usageHelp() && !option.versionHelp())
          .map(OptionSpec::shortestName)).as(name).isNotEmpty().allSatisfy(option -> assertThat(text).contains(option));
      assertThat(spec.usageMessage().exitCodeList().keySet()).isNotEmpty()
          .allSatisfy(code -> assertThat(text).contains("| " + code + " |"));
    }
  }

  @Test
  @DisplayName("The columns of the table are those that the page explains")
  void columns() throws IOException {
    String header = run("plan", "--requests-per-minute", "12000", "--error-rate", "0.1%", "--steps", "5%").output()
        .lines().filter(line -> line.startsWith("STEP")).findFirst().orElseThrow();

    assertThat(header.strip().split(" {2,}", -1)).hasSizeGreaterThan(7).allSatisfy(
        column -> assertThat(Files.readString(PLAN)).contains(List.of("STEP", "WEIGHT").contains(column)
            ? column.toLowerCase(Locale.ROOT)
            : "`" + column + "`"));
  }

  private static String block(Path page, String language) throws IOException {
    var blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page))
        .results().map(found -> found.group(1)).toList();
    assertThat(blocks).as("blocks of %s in %s", language, page).hasSize(1);
    return blocks.getFirst();
  }

  private static List<String> names(JsonNode line) {
    return line.properties().stream().map(field -> field.getKey()).toList();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static Ended run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(output));
    line.setErr(new PrintWriter(errors));
    return new Ended(line.execute(arguments), output.toString(), errors.toString());
  }

  private record Ended(int status, String output, String errors) {}
}
