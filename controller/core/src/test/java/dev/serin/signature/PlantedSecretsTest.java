package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.Records;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.state.Owner;
import dev.serin.signature.state.OwnerCounts;
import dev.serin.signature.state.SignatureState;
import dev.serin.signature.state.StateRecorder;
import dev.serin.signature.tenant.TenantKey;
import dev.serin.signature.text.SampleWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No raw value leaves: every sink of the core is searched for what was planted in every part of a record.
class PlantedSecretsTest {

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  /// Values that give themselves away, by digits, symbols or length: `%s` may stand anywhere in a message.
  private static final List<String> FREE = List.of("mail to %s bounced", "%s", "order of %s, lost", "(%s) denied",
      "key='%s' rejected", "lost {id=%s, x=1}", "[%s] failed", "x:%s", "lost %s.", "héllo %s wörld");
  private static final List<String> RECORDS = List.of("ERROR shop.Api - MESSAGE", "level=error msg=\"MESSAGE\" user=%s",
      "{\"level\":\"error\",\"message\":\"MESSAGE\",\"user\":\"%s\",\"nested\":{\"a\":[\"%s\"]}}",
      "{\"level\":\"error\",\"name\":\"%s\",\"message\":\"MESSAGE\"}",
      "{\"status\":404,\"method\":\"GET\",\"path\":\"/a/%s\",\"message\":\"MESSAGE\",\"error\":{\"code\":\"%s\"}}",
      "{\"status\":200,\"method\":\"GET\",\"error\":{\"code\":\"%s\",\"message\":\"MESSAGE\"}}",
      "{\"status\":404,\"method\":\"GET\",\"response_body\":\"{\\\"error\\\":\\\"%s\\\"}\"}",
      "WARN GET /users/%s/x?token=%s 404 2ms MESSAGE", "WARN MESSAGE status=404 method=GET path=/a/%s error_code=%s",
      "{\"level\":\"error\",\"error.type\":\"a.BException\",\"error.message\":\"MESSAGE\"}",
      "ERROR lost\njava.lang.IllegalStateException: MESSAGE\n\tat a.B.c(D.java:1)\nCaused by: a.CException: MESSAGE",
      "Traceback (most recent call last):\n  File \"/a/%s.py\", line 3, in f\nValueError: MESSAGE",
      "panic: MESSAGE\n\ngoroutine 7 [running]:\nmain.f(0x1)\n\t/a/b.go:1 +0x1d");

  @ParameterizedTest
  @DisplayName("No mail address, token, card, key, phone number, account or identifier is in signatures, samples or state")
  @ValueSource(strings = {"jane.doe@example.org", "jane+shop@example.co.uk",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "4111111111111111", "4111 1111 1111 1111",
      "4111-1111-1111-1111", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "AKIAIOSFODNN7EXAMPLE",
      "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "+49 170 1234567", "(030) 1234567", "+1 555-010-9999",
      "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "9b2f3c1e-8d4a-4f6b-9a7e-1c2d3e4f5a6b", "10.20.30.40"})
  void hidesValues(String secret) {
    for (var record : RECORDS) {
      for (var message : FREE) {
        var line = record.replace("MESSAGE", message).replace("%s", secret);
        // A half is a leak too, where it is long enough to be no accident.
        assertHidden(line, secret.length() < 12 ? secret : secret.substring(secret.length() / 2));
      }
    }
  }

  @ParameterizedTest
  @DisplayName("A tenant's name is hidden after a word that announces one, and everywhere once a field of the record tells it")
  @ValueSource(strings = {
      "{\"level\":\"error\",\"tenantId\":\"globex\",\"message\":\"globex is over its quota, globex-7\"}",
      "{\"level\":\"error\",\"tenantId\":\"Globex Ltd\",\"message\":\"no room for Globex Ltd (GLOBEX LTD)\"}",
      "{\"status\":404,\"method\":\"GET\",\"path\":\"/globex/posts\",\"org\":\"globex\",\"message\":\"lost\"}",
      "level=error tenant=globex msg=\"globex has no plan\"", "ERROR tenant=globex quota of globex exceeded",
      "{\"level\":\"error\",\"tenantId\":\"globex\",\"exception\":\"a.BException: globex is gone\"}",
      "ERROR Community globex not found", "WARN GET /communities/globex/posts 404 2ms",
      "WARN lost status=404 method=GET path=/tenants/globex"})
  void hidesTenants(String line) {
    assertHidden(line, "lobex");
  }

  @ParameterizedTest
  @DisplayName("What a name announces is hidden whole, whatever signs it has and however the name is written")
  @ValueSource(strings = {"ERROR NAME: %s is wrong", "ERROR login failed (NAME=%s)", "ERROR body {\"NAME\":\"%s\"}",
      "ERROR body {\\\"NAME\\\": \\\"%s\\\"}", "ERROR params {\"NAME\"=>\"%s\"}", "ERROR at <NAME>%s</NAME>",
      "{\"level\":\"error\",\"message\":\"lost {\\\"NAME\\\":\\\"%s\\\"}\"}", "level=error msg=\"lost, NAME: %s\"",
      "ERROR lost\njava.lang.IllegalStateException: NAME=%s\n\tat a.B.c(D.java:1)", "ERROR header NAME: Basic %s",
      "ERROR exit 1 of dump --NAME %s --host db"})
  void hidesAnnounced(String record) {
    for (var name : List.of("password", "db.password", "dbPassword", "DBPassword", "DB_PASSWORD", "db2.password",
        "apiKey", "X-Api-Key", "aws_secret_access_key", "Authorization", "Set-Cookie")) {
      for (var secret : List.of("swordfish", "sword!fish", "*fish", "sw0rd;fish", "swim,fish", "swim..fish",
          "swim)fish")) {
        assertHidden(record.replace("NAME", name).replace("%s", secret), "fish");
      }
    }
  }

  private static void assertHidden(String line, String secret) {
    var recorder = new StateRecorder(SignatureState.empty("key"), RULES,
        new TenantKey(new byte[16]), SipHash.fast(1, 2));
    var records = Records.all(line.split("\n"));
    for (int i = 0; i < records.size(); i++) {
      recorder.record(new Owner("canary", "uid", "app", 0), records.get(i), new OwnerCounts.Cursor(i, 0, 0));
    }
    var shown = Stream.concat(records.stream().flatMap(PlantedSecretsTest::shown), Stream.of(recorder.state().json()));

    assertThat(records).isNotEmpty();
    assertThat(shown).as(line).noneMatch(text -> text.contains(secret));
  }

  /// The signature and every sample of a record.
  private static Stream<String> shown(LogRecord record) {
    var samples = new SampleWriter();
    var exceptions = record.exception().stream().flatMap(trace -> trace.chain().stream());
    return Stream.concat(Stream.of(RULES.nameOf(record).toString(), samples.write(record.message())),
        exceptions.map(thrown -> samples.write(thrown.message())));
  }
}
