package dev.serin.sandbox.api.patch;

import static dev.serin.sandbox.support.Manifests.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {

  private final ServerSideApply apply = new ServerSideApply(ListShapes.builtIn());

  private static Author author(String manager) {
    return new Author(manager, "", "v1", Instant.EPOCH);
  }

  private ObjectNode applied(ObjectNode live, String manager, String config) {
    var result = apply.apply(live, object(config), author(manager), false);
    assertThat(result.conflicts()).isEmpty();
    return result.object();
  }

  @Test
  @DisplayName("A field that a manager leaves out goes, unless somebody else applied it too")
  void removesAbandonedFields() {
    var both = applied(applied(object("{}"), "one", "{data: {a: '1', b: '2'}}"), "two", "{data: {b: '2'}}");

    var less = applied(both, "one", "{data: {}}");

    assertThat(less.path("data")).isEqualTo(object("{b: '2'}"));
  }

  @Test
  @DisplayName("List elements are told apart by key and go as a whole")
  void removesElements() {
    var two = applied(object("{}"), "one", "{spec: {containers: [{name: 'a', image: 'x'}, {name: 'b', image: 'y'}]}}");

    assertThat(applied(two, "one", "{spec: {containers: [{name: 'b', image: 'z'}]}}").path("spec"))
        .isEqualTo(object("{containers: [{name: 'b', image: 'z'}]}"));
  }

  @Test
  @DisplayName("Fields that nobody applied stay")
  void keepsOthers() {
    var live = applied(object("{}"), "one", "{data: {a: '1'}}");
    live.withObject("/data").put("extra", "x");

    assertThat(applied(live, "one", "{data: {a: '2'}}").path("data")).isEqualTo(object("{a: '2', extra: 'x'}"));
  }

  @Test
  @DisplayName("Another value for a field of another manager is a conflict; forced, the field changes hands")
  void conflicts() {
    var live = applied(object("{}"), "one", "{data: {a: '1'}}");
    var config = object("{data: {a: '2'}}");

    assertThat(apply.apply(live, config, author("two"), false).conflicts())
        .containsExactly(new ServerSideApply.Conflict("one", ".data.a"));
    var taken = apply.apply(live, config, author("two"), true).object();
    assertThat(apply.apply(taken, object("{data: {a: '1'}}"), author("one"), false).conflicts())
        .containsExactly(new ServerSideApply.Conflict("two", ".data.a"));
  }

  @Test
  @DisplayName("A plain write takes the fields that it changes from their owners")
  void updatesTakeOver() {
    var live = applied(object("{}"), "one", "{data: {a: '1', b: '2'}}");
    var next = live.deepCopy();
    next.withObject("/data").put("a", "3");
    FieldOwners.update(live, next, author("editor"), ListShapes.builtIn());

    assertThat(apply.apply(next, object("{data: {a: '1', b: '2'}}"), author("one"), false).conflicts())
        .containsExactly(new ServerSideApply.Conflict("editor", ".data.a"));
  }

  @Test
  @DisplayName("Applying the same again leaves every byte, managedFields included")
  void isIdempotent() {
    var once = applied(object("{}"), "one",
        "{metadata: {finalizers: ['x']}, spec: {containers: [{name: 'a', ports: [{containerPort: 80}]}]}}");

    assertThat(applied(once, "one",
        "{metadata: {finalizers: ['x']}, spec: {containers: [{name: 'a', ports: [{containerPort: 80}]}]}}"))
        .isEqualTo(once);
  }
}
