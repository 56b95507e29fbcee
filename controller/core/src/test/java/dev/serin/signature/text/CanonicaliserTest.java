package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicaliserTest {

  @ParameterizedTest
  @DisplayName("Each step of the canonicaliser masks what varies and keeps what names the event")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      // words
      "Community 8842 not found | Community <*> not found",
      "took 12.5s on node7 | took <*> on <*>",
      "reading /var/log/app?x=y now | reading <*> now",
      "loading ./run and ../lib/x and ~/y, not and/or | loading <*> and <*> and <*> , not and/or",
      "sent to jane@example.org today | sent to <*> today",
      "opened \\\\host\\x of a\\b | opened <*> of a\\b",
      "see https://example.org/a,b(c) now | see <*> ) now",
      "peer fe80::a:b. left, dead:beef stays | peer <*> . left , dead : beef stays",
      "resolved db.internal.svc. via web.call.com(x) | resolved <*> . via web.call.com ( x )",
      "user.id and app.user.id | user.id and <*>",
      "no route to wpad:80, to localhost:8080 | no route to <*> , to localhost : <*>",
      "since Jun 14 the mon tick | since <*> the mon tick",
      // full stops and leaders
      "one. two... three | one . two . three",
      "depth.......12 of a/../b | depth . <*> of a/../b",
      // key=value
      "user=root shell=`/bin/sh` level=high | user = <*> shell = ` <*> ` level = high",
      "title=\"two words\" done | title = <*> done",
      "title=\"two words cut off | title = <*>",
      "logname= uid=0 ruser= | logname = uid = <*> ruser =",
      // units, signs
      "waited 5 seconds for 3 MB | waited <*> for <*>",
      "size > 5 and # 7 and 9 % | size <*> and <*> and <*>",
      // brackets
      "refused (10.0.0.1) () [5, 6] | refused",
      "refused <10.0.0.1> here | refused here",
      "failed (code x) | failed ( code x )",
      // runs, end
      "range 1-2, 3 : 4 / 5 | range <*>",
      "closed.;: . | closed",
      "12345 | <*>"})
  void masks(String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("An HTTP status after status, code, returned or the version of a response stays")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"upstream returned 503 | upstream returned 503",
      "status code: 404 for 17 | status code : 404 for <*>", "response_code=502 | response_code = 502",
      "HTTP/1.1 429 Too Many Requests | <*> 429 Too Many Requests", "status 200, 404 tries | status <*> tries",
      "code 4041 | code <*>", "\"GET /a/b HTTP/1.1\" status: 404 len: 12 | \" GET <*> \" status : <*> len : <*>"})
  void keepsStatuses(String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("The word after a tenant word is masked, unless it is an everyday word")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Community acme not found | Community <*> not found",
      "Community not found | Community not found", "tenant: globex is gone | tenant : <*> is gone",
      "communityId 'Two Words Ltd' unknown | communityId ' <*> ' unknown",
      "Community \"not found\" shown | Community \" not found \" shown",
      "account with id kim suspended | account with id <*> suspended",
      "session closed for user root | session closed for user <*>",
      "user's password expired | user ' s password expired",
      "Customer Service unavailable | Customer Service unavailable",
      "user SessionHandler failed | user SessionHandler failed", "organization ééé blocked | organization <*> blocked",
      "this user | this user"})
  void masksTenants(String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("A quoted string stays if all its words are English, and as the value of a key that names the event")
  @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
      "no column \"kschmidt_x\" here | no column \" <*> \" here", "state \"not found\" | state \" not found \"",
      "can't open 'qwxz' or `zzyx` | can ' t open ' <*> ' or ` <*> `",
      "error=\"qwxz closed\" | error = \" qwxz closed \"", "{\"msg\":\"qwxz\"} | { \" msg \" : \" qwxz \" }",
      "{\"name\":\"qwxz\"} | { \" name \" : \" <*> \" }", "an \"open end | an \" open end", "\"\" empty | \" \" empty"})
  void masksQuotedStrings(String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("Secrets never stay in a template, with digits or without")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "sent Bearer abcdefgh.ijklmnop | sent Bearer <*>", "password hunter rejected | password <*> rejected",
      "password: incorrect | password : <*>", "password incorrect | password incorrect",
      "apikey=\"some words\" | apikey = <*>", "token expired | token expired", "token 'qwxz' | token ' <*> '",
      "got eyJhbGciOiJub25lIn.eyJzdWIiOi here | got <*> here", "key QwErTyUiOpAsDfGhJkLz here | key <*> here",
      "in AbstractRoutingDataSourceFactory | in AbstractRoutingDataSourceFactory",
      "card 4111 1111 1111 1111, call +49 170 1234567 | card <*> , call <*>",
      "IBAN DE89 3704 0044 0532 0130 00 of jane@example.org | IBAN <*> of <*>"})
  void masksSecrets(String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("No digit of a hostile line stays, but those of a status")
  @MethodSource("seeds")
  void leavesNoDigits(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] line = HostileText.line(random);
      var template = Canonicaliser.canonicalise(new String(line, StandardCharsets.ISO_8859_1));

      assertThat(template.replaceAll("(?<= )[45][0-9]{2}(?= |$)", "")).as("seed %d, line %d", seed, i)
          .doesNotContainPattern("[0-9]");
    }
  }

  @Test
  @DisplayName("A line counts with its first 256 tokens, whatever stands behind them")
  void readsAtMost256Tokens() {
    var template = Canonicaliser.canonicalise("word ".repeat(10_000));

    assertThat(template.split(" ")).hasSize(256);
    assertThat(Canonicaliser.canonicalise("word ".repeat(256) + "behind")).isEqualTo(template);
  }

  @ParameterizedTest
  @DisplayName("Time is linear in the line, whatever stands in it")
  @ValueSource(strings = {"a", "a:", "::", "(", "<", "user ", "k=\"", "/a?", "- ms ", "a.", "jun ", "x=y", "#", "\\",
      "1:2:3:", "'", "f:f:f:f:f ", "http://", "<*", "[<*>", "a..", "aB", "\"a ", "...", "password "})
  void isLinear(String piece) {
    double shortTime = nanoseconds(piece.repeat(4_000));
    double longTime = nanoseconds(piece.repeat(64_000));

    // 16 times the length: 16 times the time if linear, 256 times if quadratic.
    assertThat(longTime / shortTime).as("time of 16 times the length").isLessThan(100);
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 20_261_124L, 8_842L);
  }

  /// The best of some runs, in CPU time, so that a busy machine does not count.
  private static double nanoseconds(String text) {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    var writer = new TemplateWriter();
    var threads = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int k = 0; k < 4; k++) {
        writer.write(line, 0, line.length);
      }
      best = Math.min(best, (double) (threads.getCurrentThreadCpuTime() - start));
    }
    return Math.max(best, 1_000);
  }
}
