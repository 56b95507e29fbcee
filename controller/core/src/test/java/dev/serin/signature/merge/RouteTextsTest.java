package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RouteTextsTest {

  private final RouteTexts texts = new RouteTexts();

  @Test
  @DisplayName("It is news if a text has a name in common with another, and never if it is known or alone")
  void tellsNews() {
    assertThat(learn("login of kschmidt was denied")).isFalse();
    assertThat(learn("login of kschmidt was denied")).isFalse();
    assertThat(learn("logout of kschmidt was denied")).isFalse();
    assertThat(learn("login of alimov was denied")).isTrue();
    assertThat(learn("login of <*> was denied")).isFalse();
    assertThat(learn("login of printer was denied")).isFalse();
    assertThat(withoutNames("login of qwxz was denied")).isEqualTo("login of <*> was denied");
    assertThat(withoutNames("logout of kschmidt was denied")).isEqualTo("logout of kschmidt was denied");
  }

  @Test
  @DisplayName("Two texts of which each has left out what the other has not are one without both")
  void unitesHalves() {
    learn("login of <*> from lvnk was denied");
    assertThat(learn("login of kschmidt from <*> was denied")).isTrue();

    assertThat(withoutNames("login of alimov from qwxz was denied")).isEqualTo("login of <*> from <*> was denied");
  }

  @Test
  @DisplayName("Texts that were apart are one when a third one has something in common with each")
  void unitesBridged() {
    learn("login of kschmidt from qwxz was denied");
    learn("login of bxrt from lvnk was denied");
    learn("login of kschmidt from lvnk was denied");

    assertThat(withoutNames("login of kschmidt from qwxz was denied")).isEqualTo("login of <*> from <*> was denied");
    assertThat(withoutNames("login of bxrt from lvnk was denied")).isEqualTo("login of <*> from <*> was denied");
  }

  @Test
  @DisplayName("Of 2,000 texts that have no name in common, none further is learned, and those known go on to learn")
  void isBounded() {
    learn("login of kschmidt was denied");
    IntStream.range(0, RouteTexts.MOST).forEach(i -> learn("login denied" + " x".repeat(i)));
    learn("no mail for kschmidt today");

    assertThat(learn("no mail for alimov today")).isFalse();
    assertThat(learn("login of alimov was denied")).isTrue();
  }

  private boolean learn(String text) {
    return texts.learn(Pattern.of(text));
  }

  private String withoutNames(String text) {
    return texts.withoutNames(Pattern.of(text)).toString();
  }
}
