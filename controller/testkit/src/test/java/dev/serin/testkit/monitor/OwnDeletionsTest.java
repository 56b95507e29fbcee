package dev.serin.testkit.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.monitor.check.Violation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I11: Serin deletes only its own")
class OwnDeletionsTest {

  private static final String SERIN = "serin";
  private static final String CANARY = """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"serin.dev/rollout":"web"},
      "ownerReferences":[{"kind":"Rollout","name":"web","uid":"1"}]}}""";
  private static final String FOREIGN = """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"serin.dev/rollout":"web"}}}""";
  private static final String ORPHAN = """
      {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web","labels":{"serin.dev/arm":"canary"}}}""";

  @Test
  @DisplayName("What was created with a Rollout as owner, whoever created it, and a canary's ReplicaSet, are its own")
  void own() {
    assertThat(broken(write(SERIN, "create", CANARY), delete(SERIN))).isEmpty();
    assertThat(broken(write("person", "create", CANARY), delete(SERIN), delete(SERIN))).isEmpty();
    assertThat(broken(write("controller", "create", ORPHAN), delete(SERIN))).isEmpty();
  }

  @Test
  @DisplayName("What was not, or what nobody saw created, is reported by its name")
  void foreign() {
    assertThat(broken(write("person", "create", FOREIGN), delete(SERIN))).containsExactly(new Violation("I11", 0,
        "/registry/deployments/shop/web", "shop", "Serin deleted deployments web, which was not created as its own."));
    assertThat(broken(delete(SERIN))).hasSize(1);
  }

  @Test
  @DisplayName("Somebody else's object of the same name is foreign, also one that was applied")
  void sameName() {
    assertThat(broken(write(SERIN, "create", CANARY), delete("person"), write("person", "create", FOREIGN),
        delete(SERIN))).hasSize(1);
    assertThat(broken(write(SERIN, "create", CANARY), delete(SERIN), write("person", "patch", FOREIGN), delete(SERIN)))
        .hasSize(1);
    assertThat(broken(write(SERIN, "create", CANARY), write("person", "patch", FOREIGN), delete(SERIN)))
        .as("applied to an object that is there, it creates nothing").isEmpty();
  }

  @Test
  @DisplayName("Deletions by others, refused ones and dry runs are not judged")
  void others() {
    assertThat(broken(write("person", "create", FOREIGN), delete("person"))).isEmpty();
    assertThat(broken(event(SERIN, "delete", 409, "/web", MissingNode.getInstance()),
        event(SERIN, "delete", 200, "/web?dryRun=All", MissingNode.getInstance()))).isEmpty();
  }

  private static List<Violation> broken(AuditEvent... events) {
    return OwnDeletions.broken(List.of(events), SERIN);
  }

  private static AuditEvent write(String user, String verb, String body) {
    try {
      return event(user, verb, 201, "/web", new ObjectMapper().readTree(body));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static AuditEvent delete(String user) {
    return event(user, "delete", 200, "/web", MissingNode.getInstance());
  }

  private static AuditEvent event(String user, String verb, int code, String uri, JsonNode body) {
    return new AuditEvent(user, verb, "apps", "deployments", "", "shop", "web", code, Instant.EPOCH, uri, body);
  }
}
