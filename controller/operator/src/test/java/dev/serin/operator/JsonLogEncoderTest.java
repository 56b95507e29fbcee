package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

/// Goes through the logback.xml that ships, down to what stands on standard output.
class JsonLogEncoderTest {
  @Test
  @DisplayName("A statement is one JSON object on one line, with its facts as fields of their own type")
  void writesOneObject() throws Exception {
    var line = json(log -> log.atInfo().addKeyValue("rollout", "community-api").addKeyValue("window", 7L)
        .addKeyValue("logEvidence", 4.5).addKeyValue("complete", true).addKeyValue("ratio", Double.NaN)
        .addKeyValue("nothing", (Object) null).log("Holding the rollout"));

    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("msg").asText()).isEqualTo("Holding the rollout");
    assertThat(line.get("logger").asText()).isEqualTo("dev.serin.test");
    assertThat(line.get("rollout").asText()).isEqualTo("community-api");
    assertThat(line.get("window").isIntegralNumber()).isTrue();
    assertThat(line.get("logEvidence").doubleValue()).isEqualTo(4.5);
    assertThat(line.get("complete").booleanValue()).isTrue();
    assertThat(line.get("ratio").asText()).isEqualTo("NaN");
    assertThat(line.get("nothing").isNull()).isTrue();
    assertThat(line.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  @DisplayName("A hostile value can neither forge a line nor turn the direction of a terminal's text")
  void escapesControl() {
    var hostile = "x\n{\"level\":\"ERROR\"}\u001b[2J\u202e\u2028\u0085\"\\";
    var text = logged("json", log -> log.atInfo().addKeyValue("reason", hostile).log(hostile));

    assertThat(text.strip()).doesNotContain("\n", "\u001b", "\u202e", "\u2028", "\u0085");
    assertThat(parse(text).get("reason").asText()).isEqualTo(hostile);
    assertThat(logged("plain", log -> log.atInfo().addKeyValue("reason", hostile).log(hostile)).strip()).doesNotContain(
        "\n", "\u001b", "\u202e", "\u0085");
  }

  @Test
  @DisplayName("A fact cannot take the place of time, level, logger or message")
  void keepsItsOwnFields() throws Exception {
    var line = json(log -> log.atWarn().addKeyValue("level", "none").addKeyValue("msg", "other").log("true message"));

    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("msg").asText()).isEqualTo("true message");
    assertThat(line.get("level_").asText()).isEqualTo("none");
  }

  @Test
  @DisplayName("Inside the loop a line names the Rollout without being told")
  void takesTheRolloutFromTheLoop() throws Exception {
    var line = json(log -> {
      MDC.put("resource.name", "community-api");
      MDC.put("resource.namespace", "shop");
      log.info("Looked");
      MDC.clear();
    });

    assertThat(List.of(line.get("namespace").asText(), line.get("rollout").asText())).containsExactly("shop",
        "community-api");
  }

  @Test
  @DisplayName("A failure is one line with class, message, causes and places, and huge text is cut")
  void writesFailures() throws Exception {
    var failure = new IllegalStateException("outer\nline", new IllegalArgumentException("inner"));
    var line = json(log -> log.atError().setCause(failure).log("x".repeat(10_000)));

    assertThat(line.get("error").asText()).isEqualTo("java.lang.IllegalStateException: outer\nline");
    assertThat(line.get("stack").asText()).contains("JsonLogEncoderTest", " <- java.lang.IllegalArgumentException at ");
    assertThat(line.get("msg").asText()).hasSize(4_097).endsWith("…");
  }

  @Test
  @DisplayName("For people there is one short line, with the facts")
  void writesPlainLines() {
    assertThat(logged("plain", log -> log.atInfo().addKeyValue("port", 8080).log("Operator started"))).matches(
        "(?s)\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Operator started port=8080\\R");
  }

  @Test
  @DisplayName("For people a failure follows in few lines, without control characters")
  void writesPlainFailures() {
    assertThat(logged("plain", log -> log.atError().setCause(new IllegalStateException("no\u001b[2J")).log("Failed")))
        .contains("Failed", "java.lang.IllegalStateException: no?[2J").doesNotContain("\u001b").hasLineCount(3);
  }

  @Test
  @DisplayName("What the frameworks chat about at INFO is left out")
  void quietFrameworks() {
    assertThat(logged("json", log -> {
      log.getLoggerContext().getLogger("io.javaoperatorsdk.operator.Operator").info("chat");
      log.getLoggerContext().getLogger("io.fabric8.kubernetes.client").info("chat");
    })).isEmpty();
  }

  private static JsonNode json(Consumer<Logger> statement) throws JsonProcessingException {
    var text = logged("json", statement);
    assertThat(text.lines()).hasSize(1);
    return parse(text);
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static String logged(String format, Consumer<Logger> statement) {
    var out = new ByteArrayOutputStream();
    var real = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    var context = new LoggerContext();
    try {
      context.setMDCAdapter(MDC.getMDCAdapter() == null ? new BasicMDCAdapter() : MDC.getMDCAdapter());
      context.putProperty("serin.log", format);
      var configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(JsonLogEncoderTest.class.getResource("/logback.xml"));
      statement.accept(context.getLogger("dev.serin.test"));
    } catch (JoranException e) {
      throw new AssertionError("logback.xml is broken", e);
    } finally {
      context.stop();
      System.setOut(real);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
