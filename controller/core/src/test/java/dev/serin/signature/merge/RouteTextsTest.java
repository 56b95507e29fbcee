package dev.serin.signature.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RouteTextsTest {

  private final RouteTexts texts = new RouteTexts();

  @Test
  @DisplayName("What a text has in common with others is told where that shows more names, and nothing if it is known or alone")
  void tellsWhatIsCommon() {
    assertThat(learn("login of kschmidt was denied")).isEmpty();
    assertThat(learn("login of kschmidt was denied")).isEmpty();
    assertThat(learn("logout of kschmidt was denied")).isEmpty();
    assertThat(learn("login of alimov was denied")).hasValue("login of <*> was denied");
    assertThat(learn("login of kschmidt was denied")).hasValue("login of <*> was denied");
    assertThat(learn("login of <*> was denied")).isEmpty();
    assertThat(learn("login of printer was denied")).isEmpty();
  }

  @Test
  @DisplayName("Two texts of which each has left out what the other has not are one without both")
  void unitesHalves() {
    learn("login of <*> from lvnk was denied");

    assertThat(learn("login of kschmidt from <*> was denied")).hasValue("login of <*> from <*> was denied");
  }

  @Test
  @DisplayName("Texts that were apart are one when a third one has something in common with each")
  void unitesBridged() {
    learn("login of kschmidt from qwxz was denied");
    learn("login of bxrt from lvnk was denied");

    assertThat(learn("login of kschmidt from lvnk was denied")).hasValue("login of <*> from <*> was denied");
  }

  @Test
  @DisplayName("Of 2,000 texts that have no name in common, none further is learned, and those known go on to learn")
  void isBounded() {
    learn("login of kschmidt was denied");
    IntStream.range(0, RouteTexts.MOST).forEach(i -> learn("login denied" + " x".repeat(i)));
    learn("no mail for kschmidt today");

    assertThat(learn("no mail for alimov today")).isEmpty();
    assertThat(learn("login of alimov was denied")).hasValue("login of <*> was denied");
  }

  private Optional<String> learn(String text) {
    return texts.learn(Pattern.of(text)).map(Pattern::toString);
  }
}
