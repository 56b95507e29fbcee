package dev.serin.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicaliserTest {
  private static final String[] PIECES = {"community", "acme", "not", "found", "=", "\"", "'", "(", ")", "[", "]", "{",
      "}", "<", ">", "<*>", "*", ":", "::", ",", ";", ".", "|", "#", "-", "+", "%", "~", "@", "/", "\\", "?", "404",
      "7",
      "ms", "MB", "Jun", "Mon", "utc", "a:b:c:d", "fe80::1", "http://x.io/y?z", "/a/b?c=d", "x@y.de", "node.local",
      "user_id", "key", "level", "é", "\ud83d", "\u0000", "…", " ", "  "};

  @ParameterizedTest
  @DisplayName("Each step of the canonicaliser masks what varies and keeps what names the event")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      // words
      "Community 8842 not found | Community <*> not found",
      "took 12.5s on node7 | took <*> on <*>",
      "reading /var/log/app?x=y now | reading <*> now",
      "sent to jane@example.org today | sent to <*> today",
      "opened \\\\host\\x of a\\b | opened <*> of a\\b",
      "see https://example.org/a,b(c) now | see <*> ) now",
      "peer fe80::a:b left, dead:beef stays | peer <*> left , dead : beef stays",
      "resolved db.internal.svc via web.call.com(x) | resolved <*> via web.call.com ( x )",
      "since Jun 14 the mon tick | since <*> the mon tick",
      // key=value
      "user=root shell=`/bin/sh` level=high | user = <*> shell = ` <*> ` level = high",
      "title=\"two words\" done | title = <*> done",
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
  @DisplayName("The word after a tenant word is masked, unless it is an ordinary word")
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
  @DisplayName("Any text has a canonical form, which is its own canonical form and has no digits")
  @MethodSource("seeds")
  void isIdempotent(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var text = text(random);
      var template = Canonicaliser.canonicalise(text);

      assertThat(Canonicaliser.canonicalise(template)).as("seed %d, of <%s>", seed, text).isEqualTo(template);
      assertThat(template).as("seed %d, of <%s>", seed, text).doesNotContainPattern("[0-9]");
    }
  }

  @ParameterizedTest
  @DisplayName("A text is read in linear time, whatever stands in it")
  @ValueSource(strings = {"a", "a:", "::", "(", "<", "user ", "k=\"", "/a?", "- ms ", "a.", "jun ", "x=y", "#", "\\",
      "1:2:3:", "'", "f:f:f:f:f ", "http://", "<*", "[<*>"})
  void readsOnce(String piece) {
    long reads = 0;
    for (int length : new int[]{1_000, 2_000, 60_000}) {
      var text = new CountedText(piece.repeat(length / piece.length()));
      Canonicaliser.canonicalise(text);
      // 80 per token for groups of hex digits, of which there are 256 tokens at most, and 8 per character.
      assertThat(text.reads()).as("reads of %d characters", length).isLessThan(256 * 330 + 8L * length);
      reads = Math.max(reads, text.reads());
    }
    assertThat(reads).isPositive();
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 20_261_124L, 8_842L);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      text.append(random.nextInt(8) == 0
          ? String.valueOf((char) random.nextInt(0x180))
          : PIECES[random.nextInt(PIECES.length)]);
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }
}
