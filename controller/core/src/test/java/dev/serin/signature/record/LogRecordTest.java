package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogRecordTest {

  @Test
  @DisplayName("A tenant's name is hidden in message, route and exceptions; a code that holds it is none")
  void hidesTenants() {
    var record = Records.record(
        "{\"level\":\"error\",\"tenant\":\"globex\",\"status\":404,\"path\":\"/globex/x\",\"error_code\":\"GLOBEX-GONE\","
            + "\"msg\":\"lost globex\",\"stack\":\"a.BException: of Globex\\n\\tat c.D.e(F.java:1)\"}");

    assertThat(record.message()).isEqualTo("lost <*>");
    assertThat(record.route()).hasValue("/{}/x");
    assertThat(record.http().errorCode()).isEmpty();
    assertThat(record.http().errorTold()).isTrue();
    assertThat(record.exception().orElseThrow().rootCause().message()).isEqualTo("of <*>");
    assertThat(record.tenant()).hasValue("globex");
    assertThat(record.status()).hasValue(404);
  }

  @Test
  @DisplayName("A name that is an everyday word, or of two letters, stays in the text")
  void keepsWords() {
    assertThat(Records.record("ERROR order lost tenant=order").message()).isEqualTo("order lost tenant=order");
    assertThat(Records.record("ERROR qx lost tenant=qx").message()).isEqualTo("qx lost tenant=qx");
    assertThat(Records.record("ERROR lost error_code=GONE tenant=globex status=404").http().errorCode())
        .hasValue("GONE");
  }

  @Test
  @DisplayName("A bare message is taken as it is: no level, request, exception or tenant is read from it")
  void takesMessages() {
    var record = LogRecord.ofMessage(new LogLine(Instant.EPOCH, "ERROR GET /a 404 1ms tenant=acme"));

    assertThat(record.message()).isEqualTo("ERROR GET /a 404 1ms tenant=acme");
    assertThat(record.level()).isEqualTo(Level.UNKNOWN);
    assertThat(record.status()).isEmpty();
    assertThat(record.method()).isEmpty();
    assertThat(record.tenant()).isEmpty();
    assertThat(record.timed()).isFalse();
    assertThat(record.flaws()).isEmpty();
  }
}
