package dev.serin.cli.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SignaturesCommandTest {

  private static final String LOG = """
      2026-11-24T10:00:00Z INFO  [http] shop.Api - GET /communities/acme 200 12ms
      2026-11-24T10:00:00Z WARN  [http] shop.Api - Community acme not found (GET /communities/acme 404 12ms)
      2026-11-24T10:00:01Z ERROR [http] shop.Api - login of kschmidt was denied
      2026-11-24T10:00:01Z ERROR [http] shop.Api - login of alimov was denied
      2026-11-24T10:00:02Z ERROR [main] shop.Store - lost
      java.lang.IllegalStateException: order 77 is gone
      \tat shop.Store.find(Store.java:9)
      {"level":"error","logger":"shop.Mail","message":"mail to jane@example.org bounced"}
      """;

  @TempDir
  private Path folder;

  @Test
  @DisplayName("The table has counts, levels, first and last line, template, ID and a sample without raw values")
  void table() throws IOException {
    Ended ended = run(file("a.log", LOG).toString());

    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(ended.output()).startsWith("8 lines, 6 records, 4 signatures.\n\nCOUNT  LEVEL ")
        .containsPattern("\n {4}2  ERROR shop.Api +3 +4  login of <\\*> was denied\n")
        .containsPattern("\n +s1-[a-z2-7]{16} \\(2 names\\)  login of <text:[68]> was denied\n")
        .containsPattern("\n {4}1  4xx 404 GET /communities/\\{} +2 +2  Community <\\*> not found\n")
        .containsPattern("\n {4}1  java.lang.IllegalStateException +5 +5  IllegalStateException: order <\\*> is gone\n")
        .contains("mail to <mail> bounced")
        .doesNotContain("jane", "acme", "kschmidt", "alimov", "77");
  }

  @Test
  @DisplayName("JSON holds the same; --all counts records without trouble too, --atoms leaves names apart")
  void json() throws IOException {
    String file = file("a.log", LOG).toString();
    JsonNode groups = json(run("-o", "json", file));
    JsonNode all = json(run("-o", "json", "--all", "--atoms", file));

    assertThat(groups.path("records").asLong()).isEqualTo(6);
    assertThat(groups.path("requests").asLong()).isEqualTo(2);
    assertThat(groups.path("signatures")).hasSize(4);
    JsonNode login = groups.path("signatures").path(0);
    assertThat(login.path("template").asText()).isEqualTo("login of <*> was denied");
    assertThat(login.path("family").asText()).isEqualTo("log");
    assertThat(login.path("levels").toString()).isEqualTo("[\"ERROR\",\"shop.Api\"]");
    assertThat(login.path("count").asLong()).isEqualTo(2);
    assertThat(login.path("names").asInt()).isEqualTo(2);
    assertThat(login.path("first").asText()).isEqualTo("3");
    assertThat(login.path("last").asText()).isEqualTo("4");
    assertThat(all.path("signatures")).hasSize(6);
    assertThat(all.path("signatures").findValuesAsText("template")).contains("login of kschmidt was denied",
        "200 GET /communities/{}");
  }

  @Test
  @DisplayName("--lines names every record, in the order of the log; with --atoms what differs in names is apart")
  void lines() throws IOException {
    String file = file("a.log", LOG).toString();
    List<String> groups = run("--lines", file).output().lines().toList();
    List<String> atoms = run("--lines", "--atoms", file).output().lines().toList();

    assertThat(groups).hasSize(6).allMatch(line -> line.matches("s1-[a-z2-7]{16}\t[^\t]+"));
    assertThat(groups.get(2)).isEqualTo(groups.get(3)).endsWith("\tlogin of <*> was denied");
    assertThat(atoms.get(2)).isNotEqualTo(atoms.get(3)).endsWith("\tlogin of kschmidt was denied");
    assertThat(atoms.get(1)).isEqualTo(groups.get(1));
  }

  @Test
  @DisplayName("With --format message each line is a message, blank ones too, and nothing in it is a header")
  void messages() throws IOException {
    String file = file("a.log", "ERROR 7 lost\n\n\tat a.B.c(D.java:1)\r\nstatus=404 method=GET").toString();

    assertThat(run("--lines", "--format", "message", file).output().lines().map(line -> line.split("\t", -1)[1]))
        .containsExactly("ERROR <*> lost", "<*>", "at a.B.c ( D.java : <*> )", "status = 404 method = GET");
    assertThat(run("--format", "message", file).output()).startsWith("4 lines, 4 records, 4 signatures.");
  }

  @Test
  @DisplayName("Two logs are compared by rates: what is new, more, gone, less and the same, with exact intervals")
  void compares() throws IOException {
    Path canary = file("canary.log", lines(30, "ERROR a.B - fresh cheese", 60, "ERROR a.B - more wine", 10,
        "ERROR a.B - same bread", 1, "WARN a.B - less salt", 900, "INFO a.B - fine"));
    Path stable = file("stable.log", lines(100, "ERROR a.B - more wine", 100, "ERROR a.B - same bread", 500,
        "WARN a.B - less salt", 7, "ERROR c.D - old cheese", 9_293, "INFO a.B - fine"));
    JsonNode compared = json(run("--compare", "-o", "json", canary.toString(), stable.toString()));
    String table = run("--compare", canary.toString(), stable.toString()).output();

    assertThat(compared.path("exposure").asText()).isEqualTo("records");
    assertThat(compared.path("canary").path("records").asLong()).isEqualTo(1_001);
    assertThat(compared.path("stable").path("records").asLong()).isEqualTo(10_000);
    assertThat(compared.path("signatures").findValuesAsText("change")).containsExactly("new", "more", "gone", "less",
        "same");
    assertThat(compared.path("signatures").findValuesAsText("template")).containsExactly("fresh cheese", "more wine",
        "old cheese", "less salt", "same bread");
    assertThat(compared.path("signatures").path(0).path("ratio").path("high").isNull()).isTrue();
    assertThat(table).contains("Canary: " + canary + ", 1,001 records, 0 requests. Stable: ",
        "Rates are per 1,000 records").containsPattern("\nnew +30 +0  ").containsPattern("\ngone +0 +7  ");
  }

  @Test
  @DisplayName("A message that a release has only reworded is renamed, not new")
  void renamed() throws IOException {
    Path canary = file("canary.log", lines(20, "ERROR a.B - cheese is missing", 980, "INFO a.B - fine"));
    Path stable = file("stable.log", lines(210, "ERROR a.B - the cheese is missing here", 9_790, "INFO a.B - fine"));
    JsonNode compared = json(run("--compare", "-o", "json", canary.toString(), stable.toString()));

    assertThat(compared.path("signatures").findValuesAsText("change")).containsExactly("renamed", "gone");
    assertThat(compared.path("signatures").path(0).path("before"))
        .isEqualTo(compared.path("signatures").path(1).path("id"));
    assertThat(run("--compare", canary.toString(), stable.toString()).output()).contains("cheese is missing  (was s1-");
  }

  @Test
  @DisplayName("Gzip is recognised by its bytes; one that is cut off is counted until there, and ends with 2")
  void gzip() throws IOException {
    Random random = new Random(7);
    String text = IntStream.range(0, 5_000).mapToObj(i -> "ERROR a.B - lost " + random.nextLong() + "\n").reduce("",
        String::concat);
    byte[] zipped = gzip(text);
    Path whole = Files.write(folder.resolve("a.log"), zipped);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped, zipped.length / 2));

    assertThat(run(whole.toString()).output()).startsWith("5,000 lines, 5,000 records, 1 signature.");
    assertThat(run(cut.toString())).satisfies(ended -> {
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors())
          .isEqualTo(cut + ": the gzip stream is cut off; what it held until there was read\n");
      assertThat(ended.output()).containsPattern("^[12],[0-9]{3} lines, [12],[0-9]{3} records, ");
    });
    assertThat(run("--lines", "--atoms", cut.toString())).satisfies(ended -> {
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.output().lines()).hasSizeBetween(1_000, 3_000);
    });
    byte[] damaged = zipped.clone();
    Arrays.fill(damaged, zipped.length / 2, zipped.length / 2 + 64, (byte) 0x55);
    assertThat(run(Files.write(folder.resolve("damaged.gz"), damaged).toString()).errors())
        .contains("damaged.gz: the gzip stream is damaged");
  }

  @Test
  @DisplayName("Records that the runtime cut, or that were too long, are told below the table and in JSON")
  void flaws() throws IOException {
    String piece = "2026-11-24T10:00:00.123456789Z stdout P ERROR a.B - lost ";
    String rest = "2026-11-24T10:00:00.123456790Z stdout F behind the cut";
    String file = file("a.log", piece + "\n" + rest + "\nERROR a.B - " + "x ".repeat(40_000) + "\n").toString();
    JsonNode json = json(run("-o", "json", file));

    assertThat(run(file).output()).endsWith("\n\nRecords cut into pieces by the container runtime: 1; too long to be "
        + "kept whole: 1; of 2 records. Their signatures may be wrong.\n");
    assertThat(run("--compare", file, file).output()).contains("\nCanary, records cut into ",
        "\nStable, records cut into ");
    assertThat(json.path("split").asLong()).isEqualTo(1);
    assertThat(json.path("truncated").asLong()).isEqualTo(1);
    assertThat(run(file("b.log", LOG).toString()).output()).doesNotContain("cut into");
  }

  @Test
  @DisplayName("Several logs count as one; places name the log")
  void severalLogs() throws IOException {
    Path one = file("one.log", "ERROR a.B - lost 1\n");
    Path two = file("two.log", "fine\nERROR a.B - lost 2\n");

    assertThat(run(one.toString(), two.toString()).output()).startsWith("3 lines, 3 records, 1 signature.")
        .contains(one + ":1", two + ":2");
  }

  @Test
  @DisplayName("No output carries a control character or invisible mark of a log to the terminal")
  void harmless() throws IOException {
    String hostile = "\u001b]0;owned\u0007\u009b31m\u202eevil\u2066\u200b\ud83d\ufeff";
    Path file = file("a.log",
        "{\"level\":\"error\",\"logger\":\"" + hostile.replace("\u001b", "\\u001b").replace("\u0007",
            "\\u0007") + "\",\"message\":\"x " + hostile.replace("\u001b", "\\u001b").replace("\u0007", "\\u0007")
            + " y\"}\nERROR " + hostile + " z\n");

    for (String[] options : new String[][]{{}, {"--lines"}, {"--lines", "--atoms"}, {"-o", "json"},
        {"--format", "message"}, {"--compare", file.toString()}}) {
      Ended ended = run(Stream.concat(Stream.of(options), Stream.of(file.toString())).toArray(String[]::new));

      assertThat(ended.status()).as("%s", Arrays.toString(options)).isZero();
      assertThat(ended.output().codePoints().filter(c -> c != '\n' && c != '\t'))
          .as("%s", Arrays.toString(options)).isNotEmpty()
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
              || Character.getType(c) == Character.SURROGATE);
    }
  }

  @Test
  @DisplayName("No planted secret is in any output")
  void leaksNothing() throws IOException {
    List<String> secrets = List.of("jane.doe@example.org", "4111111111111111", "4111 1111 1111 1111",
        "+49 170 1234567", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "9b2f3c1e-8d4a-4f6b-9a7e-1c2d3e4f5a6b");
    List<String> lines = Stream.of("ERROR a.B - mail to %s bounced", "ERROR a.B - Community %s not found",
        "ERROR password: %s is wrong", "level=error tenant=%s msg=\"x of %s\"",
        "{\"level\":\"error\",\"message\":\"key %s rejected\",\"user\":\"%s\"}",
        "{\"level\":\"error\",\"name\":\"Kim Schmidt\",\"tenantId\":\"globex\",\"message\":\"globex lost %s\"}",
        "{\"status\":200,\"method\":\"GET\",\"error\":{\"code\":\"%s\",\"message\":\"lost %s\"}}",
        "WARN GET /communities/%s 404 2ms", "java.lang.IllegalStateException: token %s\n\tat a.B.c(D.java:1)")
        .flatMap(line -> secrets.stream().map(secret -> line.replace("%s", secret))).toList();
    Path file = file("a.log", String.join("\n", lines));

    for (String[] options : new String[][]{{}, {"--atoms"}, {"--all"}, {"--lines"}, {"--lines", "--atoms"},
        {"-o", "json"}, {"--compare", file.toString()}, {"--compare", "-o", "json", file.toString()}}) {
      Ended ended = run(Stream.concat(Stream.of(options), Stream.of(file.toString())).toArray(String[]::new));

      assertThat(ended.output()).as("%s", Arrays.toString(options)).contains("s1-");
      assertThat(ended.output()).doesNotContain("globex", "Schmidt");
      for (String secret : secrets) {
        assertThat(ended.output()).as("%s", Arrays.toString(options)).doesNotContain(secret)
            .doesNotContain(secret.substring(secret.length() / 2));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      nowhere.log            | nowhere.log: does not exist; a relative path begins at
      --compare one.log      | --compare takes two logs, the canary's and stable's, but 1 was given
      --compare a b c        | --compare takes two logs, the canary's and stable's, but 3 were given
      - -                    | standard input can be read only once
      --lines --all a        | --lines prints every record as text: it excludes --compare, --all and -o json
      --lines -o json a      | --lines prints every record as text: it excludes --compare, --all and -o json
      --lines                | standard input: can be read only once, but groups are known at its end only: add --atoms
      --format csv a         | Invalid value for option '--format'
      -o yaml a              | Invalid value for option '--output'
      --linse a              | Unknown option: '--linse'
      src                    | src: is a directory; name the files in it
      """)
  @DisplayName("A mistake ends with 2 and one line that says what is wrong")
  void mistakes(String arguments, String message) {
    Ended ended = run(arguments.strip().split(" +", -1));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).startsWith(message);
    assertThat(ended.output()).isEmpty();
  }

  @Test
  @DisplayName("An empty log has no signature, and comparing two of them neither")
  void empty() throws IOException {
    String file = file("a.log", "").toString();

    assertThat(run(file).output()).isEqualTo("0 lines, 0 records, no signature.\n");
    assertThat(run("--lines", file).output()).isEmpty();
    assertThat(run("--compare", file, file).status()).isZero();
    assertThat(json(run("--compare", "-o", "json", file, file)).path("signatures")).isEmpty();
  }

  private static String lines(Object... countsAndLines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < countsAndLines.length; i += 2) {
      text.repeat(countsAndLines[i + 1] + "\n", (Integer) countsAndLines[i]);
    }
    return text.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Path file(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(Ended ended) throws IOException {
    assertThat(ended.status()).as(ended.errors()).isZero();
    return new ObjectMapper().readTree(ended.output());
  }

  private static Ended run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new SignaturesCommand()).setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
    return new Ended(line.execute(arguments), output.toString(), errors.toString());
  }

  private record Ended(int status, String output, String errors) {}
}
