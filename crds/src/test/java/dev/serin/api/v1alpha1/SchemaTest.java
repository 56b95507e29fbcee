package dev.serin.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Only the API server applies the schema, only the controller uses the records: a difference would show as a field
/// that is
/// silently dropped, or as a default that holds on one side only.
class SchemaTest {

  private static final Set<String> CONDITION = Set.of("type", "status", "observedGeneration", "lastTransitionTime",
      "reason", "message");

  /// A record's component and the schema that must describe it.
  private record Field(String path, Type type, JsonNode schema) {}

  @Test
  @DisplayName("Every field of the schema is a component of a record, and every component is in the schema, with the same type")
  void fieldsAgree() {
    List<Field> fields = fields();

    assertThat(fields).as("fields found").hasSizeGreaterThan(110);
    assertThat(fields).allSatisfy(field -> assertThat(typeOf(field.schema())).as(field.path())
        .isEqualTo(expectedType(field.type())));
  }

  @Test
  @DisplayName("An enum of the schema and its Java enum have the same values; UNKNOWN is in the Java enum only")
  void enumsAgree() {
    List<Field> enums = fields().stream().filter(field -> field.type() instanceof Class<?> type && type.isEnum())
        .toList();

    assertThat(enums).as("enums found").hasSizeGreaterThan(9);
    assertThat(enums).allSatisfy(field -> assertThat(texts(field.schema().path("enum"))).as(field.path())
        .containsExactlyInAnyOrderElementsOf(wireNames((Class<?>) field.type())));
    assertThat(fields().stream().filter(field -> field.schema().has("enum"))).as("enums of the schema")
        .hasSameSizeAs(enums);
  }

  @Test
  @DisplayName("A spec record made from nothing holds exactly the defaults of the schema")
  void defaultsAgree() {
    var found = new ArrayList<String>();
    for (Field field : fields()) {
      if (field.path().startsWith("spec") && field.type() instanceof Class<?> type && type.isRecord()) {
        found.addAll(checkDefaults(field.path(), type, field.schema()));
      }
      if (field.path().startsWith("spec") && elementOf(field.type()) instanceof Class<?> type && type.isRecord()) {
        found.addAll(checkDefaults(field.path() + "[]", type, field.schema().path("items")));
      }
    }
    assertThat(found).as("defaults found").hasSizeGreaterThan(10).contains("spec.analysis.alpha",
        "spec.steps[].minDuration", "spec.analysis.sources");
  }

  @Test
  @DisplayName("Every field says what it means and is bounded; there are no floats")
  void everyFieldIsDescribedAndBounded() {
    assertThat(fields()).allSatisfy(field -> {
      JsonNode schema = field.schema();
      assertThat(schema.path("description").asText()).as(field.path() + " description").hasSizeGreaterThan(7);
      switch (schema.path("type").asText()) {
        case "string" -> assertThat(schema.has("maxLength") || schema.has("enum") || schema.has("format"))
            .as(field.path() + " needs maxLength, enum or format").isTrue();
        case "array" -> {
          assertThat(schema.path("maxItems").asInt()).as(field.path() + " maxItems").isPositive();
          assertThat(schema.path("x-kubernetes-list-type").asText()).as(field.path() + " list type").isIn("map",
              "atomic");
        }
        default -> assertThat(schema.path("type").asText()).as(field.path()).isIn("object", "integer", "boolean");
      }
    });
  }

  @Test
  @DisplayName("Every rule has a message that says what to change")
  void everyRuleHasAMessage() {
    List<JsonNode> rules = Stream.of(Definition.rollout(), Definition.analysis())
        .flatMap(definition -> definition.schema().findValues("x-kubernetes-validations").stream())
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false)).toList();

    assertThat(rules).hasSizeGreaterThan(14);
    assertThat(rules).allSatisfy(rule -> assertThat(rule.path("message").asText()).as(rule.path("rule").asText())
        .hasSizeGreaterThan(30).doesNotEndWith("."));
  }

  @Test
  @DisplayName("The templates that a user writes have the limits of the operator's templates: 256 characters, 16 wildcards, one word")
  void templatesAreLimited() {
    List<Field> templates = fields().stream().filter(field -> field.path().startsWith("spec.analysis")
        && field.path().toLowerCase(Locale.ROOT).endsWith("template")).toList();

    assertThat(templates).extracting(Field::path).containsExactlyInAnyOrder(
        "spec.analysis.signatures[].match.template", "spec.analysis.requests.template",
        "spec.analysis.tenant.fromTemplate");
    assertThat(templates).allSatisfy(field -> {
      assertThat(field.schema().path("maxLength").asInt()).as(field.path()).isEqualTo(256);
      assertThat(field.schema().path("x-kubernetes-validations").findValuesAsText("rule")).as(field.path())
          .contains("self.replace('<*>', '*').matches(r'[^*[:space:]\\p{Z}\\x1c-\\x1f]')",
              "self.split('*').size() <= 17");
    });
  }

  private static List<Field> fields() {
    var fields = new ArrayList<Field>();
    collect("spec", RolloutSpec.class, Definition.rollout().property("spec"), fields);
    collect("status", RolloutStatus.class, Definition.rollout().property("status"), fields);
    collect("spec(Analysis)", AnalysisSpec.class, Definition.analysis().property("spec"), fields);
    collect("status(Analysis)", AnalysisStatus.class, Definition.analysis().property("status"), fields);
    return fields;
  }

  private static void collect(String path, Class<?> type, JsonNode schema, List<Field> fields) {
    Set<String> components = type == Condition.class
        ? CONDITION
        : Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toSet());
    assertThat(names(schema.path("properties"))).as("fields of " + path + " in the schema and in " + type)
        .isEqualTo(new TreeSet<>(components));
    if (type == Condition.class) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode property = schema.path("properties").path(component.getName());
      String here = path + "." + component.getName();
      fields.add(new Field(here, component.getGenericType(), property));
      if (elementOf(component.getGenericType()) instanceof Class<?> element
          && (element.isRecord() || element == Condition.class)) {
        collect(here + "[]", element, property.path("items"), fields);
      } else if (component.getType().isRecord()) {
        collect(here, component.getType(), property, fields);
      }
    }
  }

  private static List<String> checkDefaults(String path, Class<?> type, JsonNode schema) {
    JsonNode made = Definition.SERIALIZATION.convertValue(Definition.SERIALIZATION.unmarshal("{}", type),
        JsonNode.class);
    var found = new ArrayList<String>();
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode wanted = schema.path("properties").path(component.getName()).path("default");
      JsonNode value = made.path(component.getName());
      boolean required = texts(schema.path("required")).contains(component.getName());
      if (required || component.getType().isRecord()) {
        continue;
      }
      if (!wanted.isMissingNode()) {
        found.add(path + "." + component.getName());
        assertThat(value).as("default of " + path + "." + component.getName()).hasToString(wanted.toString());
      } else {
        assertThat(saysNothing(value)).as(path + "." + component.getName() + " is " + value
            + " by the record, and has no default in the schema").isTrue();
      }
    }
    return found;
  }

  private static boolean saysNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())
        || Set.of("", "0", "false", "Unknown").contains(value.asText("-"));
  }

  private static String typeOf(JsonNode schema) {
    String format = schema.has("format") ? " " + schema.path("format").asText() : "";
    return schema.path("type").asText() + format;
  }

  private static String expectedType(Type type) {
    if (elementOf(type) != null) {
      return "array";
    }
    if (type == Long.class || type == long.class) {
      return "integer int64";
    }
    if (type == Integer.class || type == int.class) {
      return "integer int32";
    }
    if (type == Instant.class) {
      return "string date-time";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    return type instanceof Class<?> some && some.isRecord() ? "object" : "string";
  }

  private static @Nullable Type elementOf(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : null;
  }

  private static List<String> wireNames(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireEnum.class::cast).map(WireEnum::wireName)
        .filter(name -> !name.equals("Unknown")).toList();
  }

  private static Set<String> names(JsonNode properties) {
    var names = new TreeSet<String>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
