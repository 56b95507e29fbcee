package dev.serin.operator.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{'a':1} | {'a':1} | {}", "{'a':1} | {'a':2} | {'a':2}",
      "{'a':1} | {'a':null} | {'a':null}", "{} | {'a':null} | {}", "{'new':1} | {'a':1} | {'a':1}",
      "{'a':{'b':1,'newer':2}} | {'a':{'b':3}} | {'a':{'b':3}}", "{'a':{'b':1}} | {'a':{'b':1}} | {}",
      "{'a':[1]} | {'a':[1,2]} | {'a':[1,2]}", "{'a':1} | {'a':{'b':1}} | {'a':{'b':1}}"})
  @DisplayName("A patch says exactly what differs and leaves members alone that it does not know")
  void between(String from, String to, String patch) throws JsonProcessingException {
    assertThat(MergePatch.between(json(from), (ObjectNode) json(to))).isEqualTo(json(patch));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
