package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {

  @ParameterizedTest
  @DisplayName("Letters are those of ASCII and every character beyond it; digits are ten, and six letters more are hexadecimal")
  @CsvSource({"a, true, false, true", "f, true, false, true", "g, true, false, false", "z, true, false, false",
      "A, true, false, true",
      "F, true, false, true", "Z, true, false, false", "0, false, true, true", "9, false, true, true",
      "/, false, false, false",
      ":, false, false, false", "@, false, false, false", "[, false, false, false", "`, false, false, false",
      "{, false, false, false",
      "é, true, false, false", "ÿ, true, false, false", "Ā, true, false, false", "日, true, false, false",
      "٣, true, false, false"})
  void classifies(char c, boolean letter, boolean digit, boolean hex) {
    assertThat(Characters.isLetter(c)).isEqualTo(letter);
    assertThat(Characters.isDigit(c)).isEqualTo(digit);
    assertThat(Characters.isHex(c)).isEqualTo(hex);
  }

  @Test
  @DisplayName("Words are made of letters, digits and some symbols")
  void tellsWords() {
    assertThat("az09é日./\\@-_%+~$Ā".chars()).allMatch(c -> Characters.isInWord((char) c.intValue()));
    assertThat(" \t\u0000!\"#&'()*,:;<=>?[]^`{|}\u007f".chars())
        .noneMatch(c -> Characters.isInWord((char) c.intValue()));
    assertThat(Characters.isWord("a.b/C_7")).isTrue();
    assertThat(Characters.isWord("")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("One character that no word has, at any place, makes a text no word")
  @ValueSource(strings = {" ab", "a b", "ab ", ":"})
  void tellsOthers(String text) {
    assertThat(Characters.isWord(text)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("A word that names the scope of a tenant is told in any case")
  @CsvSource({"community, true", "Tenant, true", "user_id, true", "organisation-id, true", "workspaceid, true",
      "communities, false", "'', false",
      "order, false", "organisation-id-x, false", "organisation-id-xy, false"})
  void tellsTenantWords(String word, boolean tenant) {
    assertThat(Tenancy.isTenantWord(word)).isEqualTo(tenant);
  }
}
