package dev.serin.testkit.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplateRevisionTest {

  // Python 3.11: b32encode(sha256(json.dumps(t, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode())
  // .digest()).decode().lower()[:10], t without nulls and empty members
  private static final String PLAIN = "b6bbjykc3v";
  private static final String ODD = "pqtcxzxpq7";
  private static final String EMPTY = "iqjw7i2vwn";

  private static final String TEMPLATE = """
      {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "app", "image": "web:1"}]}}""";

  @Test
  @DisplayName("Reference values: plain, empty, and with escapes, nulls and empty elements in lists")
  void referenceValues() throws JsonProcessingException {
    assertThat(revision(TEMPLATE)).isEqualTo(PLAIN);
    assertThat(revision("{}")).isEqualTo(EMPTY);
    assertThat(revision(
        """
            {"metadata": {"labels": {"app": "grüezi \\"<&>\\""}}, "spec": {"n": 30, "args": ["a", null, {}, [1, true]]}}"""))
        .isEqualTo(ODD);
  }

  @Test
  @DisplayName("Order, nulls, empty members and the labels of Kubernetes and Serin make no other revision")
  void insensitive() throws JsonProcessingException {
    assertThat(revision("""
        {"spec": {"containers": [{"image": "web:1", "name": "app", "env": [], "resources": {}}], "nodeName": null},
         "metadata": {"labels": {"serin.dev/arm": "canary", "app": "web", "pod-template-hash": "5d"},
                      "creationTimestamp": null, "annotations": {}}}""")).isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("A value, an order in a list and another label make another one")
  void sensitive() throws JsonProcessingException {
    assertThat(revision(TEMPLATE.replace("web:1", "web:2"))).isNotEqualTo(PLAIN);
    assertThat(revision(TEMPLATE.replace("\"app\": \"web\"", "\"app\": \"web\", \"a\": \"b\""))).isNotEqualTo(PLAIN);
    assertThat(revision("{\"args\": [\"a\", \"b\"]}")).isNotEqualTo(revision("{\"args\": [\"b\", \"a\"]}"));
  }

  private static String revision(String template) throws JsonProcessingException {
    return TemplateRevision.of(new ObjectMapper().readTree(template));
  }
}
