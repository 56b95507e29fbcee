package dev.serin.signature;

import static dev.serin.signature.record.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.WildcardTemplate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {
  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  @ParameterizedTest
  @DisplayName("One fault is one signature in each format, whatever the tenant is called")
  @ValueSource(strings = {
      "{\"timestamp\":\"2026-11-24T10:00:00.123Z\",\"level\":\"WARN\",\"logger\":\"shop.Communities\",\"message\":\"Community ID not found\",\"method\":\"GET\",\"route\":\"/communities/{id}\",\"status\":404,\"duration_ms\":12,\"tenantId\":\"ID\"}",
      "ts=2026-11-24T10:00:00.123Z level=warn logger=shop.Communities msg=\"Community ID not found\" method=GET route=/communities/{id} status=404 duration_ms=12",
      "2026-11-24T10:00:00.123Z WARN  [http] shop.Communities - Community ID not found (GET /communities/ID 404 12ms)",
      "2026-11-24 10:00:00,123 WARN [http] shop.Communities: GET /communities/ID -> 404 in 12 ms: Community ID not found",
      "WARN Community ID not found status=404 method=GET path=/communities/ID took=12ms"})
  void namesTheFaultOnce(String line) {
    var signatures = Stream.of("8842", "17", "acme", "globex-trading", "123e4567-e89b-12d3-a456-426614174000", "t_ä")
        .map(id -> signature(line.replace("ID", id)).orElseThrow()).distinct().toList();

    assertThat(signatures).singleElement().satisfies(signature -> {
      assertThat(signature.family()).isEqualTo(Family.HTTP);
      assertThat(signature.template()).isEqualTo("Community <*> not found");
      assertThat(signature.levels()).containsExactly("4xx", "404 GET /communities/{}");
    });
  }

  @Test
  @DisplayName("A record counts once: named before exception, exception before request, request before log")
  void prefersTheMostTelling() {
    var line = "ERROR shop.Api - Community 8842 not found (GET /communities/8842 404 2ms)";
    var trace = new String[]{line, "shop.NotFoundException: Community 8842 not found",
        "\tat shop.Store.find(Store.java:9)"};
    var named = new RecordRules(List.of(template("other", "x*"), template("missing", "Community * not found")),
        Optional.empty());

    assertThat(signature(line)).map(Signature::family).hasValue(Family.HTTP);
    assertThat(signature(trace)).hasValueSatisfying(signature -> {
      assertThat(signature.family()).isEqualTo(Family.EXC);
      assertThat(signature.template()).isEqualTo("NotFoundException: Community <*> not found");
      assertThat(signature.levels()).containsExactly("shop.NotFoundException", "shop.NotFoundException");
    });
    assertThat(named.signatureOf(record(line))).isEqualTo(named.signatureOf(record(trace)))
        .hasValueSatisfying(signature -> {
          assertThat(signature.family()).isEqualTo(Family.NAMED);
          assertThat(signature.name()).hasValue("missing");
          assertThat(signature.template()).isEqualTo("Community * not found");
        });
  }

  @Test
  @DisplayName("A template copied from a signature names the records of that signature")
  void namesByShownTemplate() {
    var line = "ERROR refused user kim (10.0.0.1) twice";
    var template = signature(line).orElseThrow().template();

    assertThat(new RecordRules(List.of(template("refused", template)), Optional.empty()).signatureOf(record(line)))
        .map(Signature::family).hasValue(Family.NAMED);
  }

  @ParameterizedTest
  @DisplayName("Warnings, errors and failures in disguise have a signature; other records have none")
  @CsvSource({"WARN slow, LOG", "ERROR boom, LOG", "INFO order 7 not found, LOG", "order 7 not found, LOG",
      "INFO access denied, LOG", "INFO order confirmed,", "DEBUG order 7 not found,", "INFO GET /a 200 1ms,",
      "INFO GET /a 404 1ms, HTTP"})
  void selects(String line, @Nullable Family family) {
    assertThat(signature(line).map(Signature::family)).isEqualTo(Optional.ofNullable(family));
  }

  @ParameterizedTest
  @DisplayName("A request has a status and a method, route or duration, or the user's template; it fails from 400 on")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"GET /a 200 1ms | true | false",
      "GET /a 404 1ms | true | true",
      "{\"status\":404} | false | false", "{\"status\":404,\"duration_ms\":2} | true | true",
      "{\"status\":399,\"route\":\"/a\"} | true | false", "served 7 | true | false", "served | false | false"})
  void tellsRequests(String line, boolean request, boolean failed) {
    var rules = new RecordRules(List.of(), Optional.of(WildcardTemplate.parse("served *")));

    assertThat(rules.isRequest(record(line))).isEqualTo(request);
    assertThat(rules.isFailedRequest(record(line))).isEqualTo(failed);
  }

  @Test
  @DisplayName("Requests that failed with different codes are different signatures, whatever their messages are")
  void tellsErrorCodesApart() {
    var line = "{\"status\":404,\"method\":\"GET\",\"path\":\"/a\",\"message\":\"lost\",\"error\":{\"code\":\"CODE\"}}";
    var one = signature(line.replace("CODE", "A_GONE")).orElseThrow();
    var two = signature(line.replace("CODE", "B_GONE")).orElseThrow();

    assertThat(one.levels()).containsExactly("4xx", "404 GET /a A_GONE");
    assertThat(one.template()).isEqualTo(two.template()).isEqualTo("lost");
    assertThat(one.id()).isNotEqualTo(two.id());
    // Python 3, as below: the code stands between route and template
    assertThat(one.id()).isEqualTo(new SignatureId("s1-5dph37qx7bthglw3"));
  }

  @Test
  @DisplayName("An error behind a status of success is a signature, but no failed request of the total")
  void tellsErrorsBehindSuccess() {
    var line = "{\"level\":\"info\",\"status\":200,\"method\":\"GET\",\"path\":\"/a\",\"error\":{\"code\":\"GONE\",\"message\":\"lost 7\"}}";

    assertThat(signature(line)).hasValueSatisfying(signature -> {
      assertThat(signature.family()).isEqualTo(Family.HTTP);
      assertThat(signature.levels()).containsExactly("2xx", "200 GET /a GONE");
      assertThat(signature.template()).isEqualTo("lost <*>");
    });
    assertThat(RULES.isFailedRequest(record(line))).isFalse();
    assertThat(RULES.isRequest(record(line))).isTrue();
    assertThat(signature(line.replace("200", "302"))).isEmpty();
    assertThat(signature(line.replace("\"GET\",\"path\":\"/a\"", "null"))).isEmpty();
  }

  @Test
  @DisplayName("An error record has level ERROR or above, or an exception")
  void tellsErrors() {
    assertThat(RULES.isErrorRecord(record("ERROR x"))).isTrue();
    assertThat(RULES.isErrorRecord(record("FATAL x"))).isTrue();
    assertThat(RULES.isErrorRecord(record("WARN x", "java.io.IOException: y"))).isTrue();
    assertThat(RULES.isErrorRecord(record("WARN x"))).isFalse();
  }

  @Test
  @DisplayName("A release that moves lines and renumbers generated names changes no ID; another place changes it")
  void survivesReleases() {
    var before = trace("Store.java:44", "lambda$find$3", "Store$$Lambda/0x00007f0a", "Store$$SpringCGLIB$$0");
    var after = trace("Store.java:51", "lambda$find$12", "Store$$Lambda/0x00aa00bb", "Store$$SpringCGLIB$$1");
    var elsewhere = trace("Store.java:44", "lambda$load$3", "Store$$Lambda/0x00007f0a", "Store$$SpringCGLIB$$0");

    assertThat(after).isEqualTo(before);
    assertThat(elsewhere.id()).isNotEqualTo(before.id());
    assertThat(elsewhere.levels()).isEqualTo(before.levels());
  }

  @Test
  @DisplayName("IDs are those of an independent computation")
  void agreesWithPython() {
    // Python 3: "s1-" + base64.b32encode(hashlib.sha256("\0".join(parts).encode()).digest()[:10]).decode().lower()
    assertThat(signature("ERROR shop.Api - Community 7 not found")).map(Signature::id)
        .hasValue(new SignatureId("s1-6thzdh5zwcs5zgf4"));
    assertThat(signature("WARN Community 7 not found (GET /communities/7 404 1ms)")).map(Signature::id)
        .hasValue(new SignatureId("s1-xjzxtrefkwysz2ne"));
    assertThat(signature("ERROR x", "a.B: Community 7 not found", "\tat c.D.e(F.java:1)")).map(Signature::id)
        .hasValue(new SignatureId("s1-dija7xsoosp3t6dz"));
  }

  @Test
  @DisplayName("A template is cut at 512 bytes of UTF-8, the ID is not")
  void capsTemplates() {
    var text = "ERROR " + "é".repeat(300);
    var one = signature(text + "a").orElseThrow();
    var two = signature(text + "b").orElseThrow();

    assertThat(one.template()).startsWith("é".repeat(256) + "…").hasSize(256 + 1 + 8);
    assertThat(one.id()).isNotEqualTo(two.id());
    assertThat(one.template()).isNotEqualTo(two.template());
  }

  private static Signature trace(String line, String lambda, String hidden, String proxy) {
    return signature("ERROR x", "shop.NotFoundException: Community 8842 not found",
        "\tat shop." + proxy + ".find(<generated>)",
        "\tat shop.Store." + lambda + "(" + line + ")", "\tat shop." + hidden + ".apply(Unknown Source)").orElseThrow();
  }

  private static NamedTemplate template(String name, String text) {
    return new NamedTemplate(name, WildcardTemplate.parse(text));
  }

  private static Optional<Signature> signature(String... lines) {
    return RULES.signatureOf(record(lines));
  }
}
