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

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("Each rule masks what varies and keeps what names the event")
  @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
      word with a digit | Community 8842 not found | Community <*> not found
      unit | took 12.5s on node7, waited 5 seconds for 3 MB | took <*> on <*> , waited <*> for <*>
      path | loading ./run and ../lib/x and ~/y, not and/or | loading <*> and <*> and <*> , not and/or
      query | reading /var/log/app?x=y now | reading <*> now
      UNC path | opened \\\\host\\x of a\\b | opened <*> of a\\b
      URL | see https://example.org/a,b(c) now | see <*> ) now
      colon group | peer fe80::a:b. left, dead:beef stays | peer <*> . left , dead : beef stays
      host | resolved db.internal.svc. via web.call.com(x) | resolved <*> . via web.call.com ( x )
      doubtful ending | user.id and app.user.id | user.id and <*>
      endpoint | no route to wpad:80, to localhost:8080 | no route to <*> , to localhost : <*>
      calendar | since Jun 14 the mon tick | since <*> the mon tick
      full stops | one. two... three | one . two . three
      leader | depth.......12 of a/../b | depth . <*> of a/../b
      key and value | user=root shell=`/bin/sh` level=high | user = <*> shell = ` <*> ` level = high
      quoted value | title="two words" done | title = <*> done
      value cut off | title="two words cut off | title = <*>
      empty value | logname= uid=0 ruser= | logname = uid = <*> ruser =
      sign | size > 5 and # 7 and 9 % | size <*> and <*> and <*>
      brackets | refused (10.0.0.1) () [5, 6] | refused
      angle brackets | refused <10.0.0.1> here | refused here
      filled brackets | failed (code x) | failed ( code x )
      run | range 1-2, 3 : 4 / 5 | range <*>
      end | closed.;: . | closed
      nothing else | 12345 | <*>
      """)
  void masks(String rule, String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).as(rule).isEqualTo(template);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("Words are kept, except where they name a tenant, a user or give themselves away; statuses of requests are kept")
  @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
      status | upstream returned 503 | upstream returned 503
      status after a colon | status code: 404 for 17 | status code : 404 for <*>
      status of a key | response_code=502 | response_code = 502
      status of a version | HTTP/1.1 429 Too Many Requests | <*> 429 Too Many Requests
      no status | status 200, 404 tries, code 4041 | status <*> tries , code <*>
      status before a version | x 503MB returned 503 HTTP/1.1 (503 | x <*> returned 503 <*> ( 503
      status of a request | "GET /a/b HTTP/1.1" status: 404 len: 12 | " GET <*> " status : <*> len : <*>
      tenant | Community acme not found | Community <*> not found
      no tenant | Community not found | Community not found
      tenant after a colon | tenant: globex is gone | tenant : <*> is gone
      quoted tenant | communityId 'Two Words Ltd' unknown | communityId ' <*> ' unknown
      quoted everyday words | Community "not found" shown | Community " not found " shown
      tenant behind words | account with id kim suspended | account with id <*> suspended
      user | session closed for user root | session closed for user <*>
      possessive | user's password expired | user ' s password expired
      name of a class | user SessionHandler failed | user SessionHandler failed
      everyday word | Customer Service unavailable to this user | Customer Service unavailable to this user
      foreign letters | organization ééé blocked | organization <*> blocked
      quoted name | no column "kschmidt_x" here | no column " <*> " here
      apostrophe | can't open 'qwxz' or `zzyx` | can ' t open ' <*> ' or ` <*> `
      quoted value to keep | error="qwxz closed" | error = " qwxz closed "
      JSON value to keep | {"msg":"qwxz"} | { " msg " : " qwxz " }
      JSON value | {"name":"qwxz"} | { " name " : " <*> " }
      open quote | an "open end | an " open end
      empty quotes | "" empty | " " empty
      JWT | got eyJhbGciOiJub25lIn.eyJzdWIiOi here | got <*> here
      high entropy | key QwErTyUiOpAsDfGhJkLz here | key <*> here
      long name | in AbstractRoutingDataSourceFactory | in AbstractRoutingDataSourceFactory
      card and phone | card 4111 1111 1111 1111, call +49 170 1234567 | card <*> , call <*>
      IBAN and mail | IBAN DE89 3704 0044 0532 0130 00 of jane@example.org | IBAN <*> of <*>
      """)
  void masksWords(String rule, String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).as(rule).isEqualTo(template);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("A secret is masked whole where a word announces it, and what is wrong with one is told")
  @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
      bearer | sent Bearer abcdefgh.ijklmnop | sent Bearer <*>
      password | password hunter rejected | password <*> rejected
      assigned password | password: incorrect | password : <*>
      words after a password | password incorrect, token expired | password incorrect , token expired
      quoted secret | apikey="some words" of token 'qwxz' | apikey = <*> of token ' <*> '
      authorization | Authorization: Bearer swordfish | Authorization : <*>
      scheme | Proxy-Authorization: Basic swordfish now | Proxy-Authorization : <*> now
      scheme without a colon | no Authorization Bearer swordfish | no Authorization <*>
      scheme in quotes | "authorization":"Token two words",x | " authorization " : " <*> " , x
      scheme alone | Authorization: Bearer, x | Authorization : <*> , x
      scheme and token | Authorization: Bearer abc123 now | Authorization : <*> now
      header | X-Api-Key: swordfish, X-Auth-Token=some | X-Api-Key : <*> , X-Auth-Token = <*>
      header's words | X-Api-Key rejected, cookie domain swordfish | X-Api-Key rejected , cookie domain swordfish
      cookie | Set-Cookie: state=sword!fish; Path=x Cookie: kim | Set-Cookie : <*> ; Path = <*> Cookie : <*>
      signs | password: sword!fish, pwd=f1sh,sword; (Token: Basic *f1sh)) secret: x..y | password : <*> , pwd = <*> ; ( Token : <*> ) ) secret : <*>
      sign first | password: *fish secret: "f1 and fish" pwd=,swam token: "!open | password : <*> secret : " <*> " pwd = <*> token : " <*>
      sign alone | unexpected token: < of token: ')' or token: | unexpected token : < of token : ' ) ' or token
      escaped | {\\"password\\":\\"swo\\",\\"user\\":\\"acme\\"} | { " password " : " <*> " , " user " : " <*> " }
      escaped twice | {\\\\\\"error\\\\\\":\\\\\\"two words.\\\\\\"} by ff::a\\" | { " error " : " two words . " } by <*> "
      escaped inside | {\\"pwd\\":\\"a\\\\\\"two words\\"} secret: "drag\\"on words" | { " pwd " : " <*> " } secret : " <*> "
      escaped end | {\\"error\\":\\"waiting...\\"} | { " error " : " waiting . " }
      quotes in it | Cookie: sid="two words", x Authorization: Token token="two words", y=z | Cookie : <*> , x Authorization : <*> , y = <*>
      empty | secret="" token='some words', pwd: '' user | secret = <*> token = <*> , pwd : ' ' user
      scheme's sign | Authorization: Basic *fish*swam Authorization: Bearer "two words" | Authorization : <*> Authorization : <*>
      bare signs | wrong password f!sh, sent Bearer x!y/z. token expired,please | wrong password <*> , sent Bearer <*> . token expired , please
      element | <password>swam</password> {:password=>"two words"} | < password <*> { : password = > " <*> " }
      no escape | C:\\dir\\ "x" of \\'x\\' | C : <*> " <*> " of \\ ' x\\ '
      parts | db.password: sword, dbPassword: fish, awsSecretKey: x | db.password : <*> , dbPassword : <*> , awsSecretKey : <*>
      two parts | aws_access_key: x aws.secret.key: y accessKey: z | aws_access_key : <*> aws.secret.key : <*> accessKey : <*>
      acronym | DBPassword: x AWSSecretKey: y | DBPassword : <*> AWSSecretKey : <*>
      option | dump --password sword!fish --db-token=x -apiKey y, --token expired --pass-file swam | dump --password <*> --db-token = <*> -apiKey <*> , --token expired --pass-file swam
      option moved | dump --token x! --password 'sword fish' --pass key zzyx | dump --token <*> --password ' <*> ' --pass key <*>
      list of options | exec ["dump","--password","sword fish"] of '--token', 'x' | exec [ " dump " , " --password " , " <*> " ] of ' --token ' , ' <*> '
      told option | unknown option `--password` zzyx, '--token' zzyx '--host' | unknown option ` --password ` zzyx , ' --token ' zzyx ' --host '
      number in a name | db1.password: sword of oauth2-token=x | <*> of <*> = <*>
      state | csrf.token: missing, InvalidToken: expired by x, DB_PASS: "missing" | csrf.token : missing , InvalidToken : expired by x , DB_PASS : " <*> "
      no parts | TokenExpired: sword, Passwordless: fish, my.token swam | TokenExpired : sword , Passwordless : fish , my.token swam
      variable's name | DB_PASSWORD: swordfish of db-: x | DB_PASSWORD : <*> of db- : x
      """)
  void masksSecrets(String rule, String text, String template) {
    assertThat(Canonicaliser.canonicalise(text)).as(rule).isEqualTo(template);
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
      "1:2:3:", "'", "f:f:f:f:f ", "http://", "<*", "[<*>", "a..", "aB", "\"a ", "...", "password ", "token:", "\\\"",
      "..a\\"})
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
