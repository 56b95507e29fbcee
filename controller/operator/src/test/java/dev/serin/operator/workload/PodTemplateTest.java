package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.rollout.Revision;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodTemplateTest {

  private static final String USER = "{'metadata':{'labels':{'app':'shop'}},'spec':{'containers':[{'name':'app','image':'shop:1','args':['a','']}]}}";

  @Test
  @DisplayName("A revision is the first ten characters of base32 SHA-256 over sorted JSON")
  void golden() {
    // Python 3: base64.b32encode(sha256(b'{"metadata":{"labels":{"app":"shop"}},"spec":{"containers":[{"args":["a",""],
    // "image":"shop:1","name":"app"}]}}').digest()).lower()[:10]
    assertThat(revision(USER)).isEqualTo(new Revision("u5xw57a7xl"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{'spec':{'containers':[{'image':'shop:1','args':['a',''],'name':'app'}]},'metadata':{'labels':{'app':'shop'}}}",
      "{'metadata':{'creationTimestamp':null,'labels':{'app':'shop'}},'spec':{'volumes':[],'securityContext':{},'containers':[{'name':'app','image':'shop:1','args':['a',''],'resources':{}}]}}",
      "{'metadata':{'labels':{'app':'shop','pod-template-hash':'abc','serin.dev/arm':'canary'}},'spec':{'containers':[{'name':'app','image':'shop:1','args':['a','']}]}}"})
  @DisplayName("Order, empty members and the labels of Kubernetes and Serin do not make a revision")
  void sameRevision(String template) {
    assertThat(revision(template)).isEqualTo(revision(USER));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{'metadata':{'labels':{'app':'shop'}},'spec':{'containers':[{'name':'app','image':'shop:2','args':['a','']}]}}",
      "{'metadata':{'labels':{'app':'shop'}},'spec':{'containers':[{'name':'app','image':'shop:1','args':['','a']}]}}",
      "{'metadata':{'labels':{'app':'shop'},'annotations':{'kubectl.kubernetes.io/restartedAt':'now'}},'spec':{'containers':[{'name':'app','image':'shop:1','args':['a','']}]}}",
      "{'metadata':{'labels':{'app':'shop'}},'spec':{'unheardOf':1,'containers':[{'name':'app','image':'shop:1','args':['a','']}]}}"})
  @DisplayName("Anything that makes other pods makes another revision, fields of newer versions too")
  void otherRevision(String template) {
    assertThat(revision(template)).isNotEqualTo(revision(USER));
  }

  @Test
  @DisplayName("The image is that of the container which kubectl takes for the serving one, else of the first")
  void image() {
    String sidecar = "{'name':'proxy','image':'proxy:9'},{'name':'app','image':'shop:1'}";
    assertThat(image("{'spec':{'containers':[" + sidecar + "]}}")).contains("proxy:9");
    assertThat(image("{'metadata':{'annotations':{'kubectl.kubernetes.io/default-container':'app'}},"
        + "'spec':{'containers':[" + sidecar + "]}}")).contains("shop:1");
    assertThat(image("{'metadata':{'annotations':{'kubectl.kubernetes.io/default-container':'gone'}},"
        + "'spec':{'containers':[" + sidecar + "]}}")).contains("proxy:9");
    assertThat(image("{'spec':{'containers':[]}}")).isEmpty();
  }

  private static Optional<String> image(String template) {
    return PodTemplate.of(json("{'spec':{'template':" + template + "}}")).image();
  }

  @Test
  @DisplayName("A template to be kept has its members sorted and all of its empty ones: the API server compares its text")
  void sorted() {
    var template = PodTemplate.of(json("{'spec':{'template':{'spec':{'volumes':[{'name':'tmp','emptyDir':{}}],"
        + "'containers':[{'name':'app','env':[{'value':'','name':'FLAVOUR'}]}]},'metadata':{}}}}"));
    assertThat(template.sorted()).hasToString(("{'metadata':{},'spec':{'containers':[{'env':[{'name':'FLAVOUR',"
        + "'value':''}],'name':'app'}],'volumes':[{'emptyDir':{},'name':'tmp'}]}}").replace('\'', '"'));
  }

  private static Revision revision(String template) {
    return PodTemplate.of(json("{'spec':{'template':" + template + "}}")).revision();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
