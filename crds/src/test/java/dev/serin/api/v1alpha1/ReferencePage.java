package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The reference page of one kind, written from its schema.
final class ReferencePage {

  private final Definition definition;
  private final StringBuilder page = new StringBuilder();
  private final Set<String> rules = new LinkedHashSet<>();

  private ReferencePage(Definition definition) {
    this.definition = definition;
  }

  static String of(Definition definition) {
    return new ReferencePage(definition).write();
  }

  private String write() {
    line("<!-- Written from crds/ by CopiesTest: do not edit. -->");
    line("# " + definition.kind());
    line("");
    line("`serin.dev/v1alpha1`. " + definition.schema().path("description").asText());
    section("Columns", "Column", "Shows", columns());
    fields("spec");
    fields("status");
    collectRules(definition.schema());
    line("");
    line("## Refused");
    line("");
    line("The API server refuses an object, and says:");
    line("");
    rules.forEach(rule -> line("- " + rule));
    return page.toString();
  }

  private List<String> columns() {
    return StreamSupport.stream(definition.version().path("additionalPrinterColumns").spliterator(), false)
        .map(column -> row(column.path("name").asText().toUpperCase(Locale.ROOT),
            column.path("description").asText("Time since its creation")
                + (column.path("priority").asInt() > 0 ? " (`-o wide`)" : "")))
        .toList();
  }

  private void fields(String part) {
    var rows = new ArrayList<String>();
    JsonNode schema = definition.property(part);
    rows(part, schema, rows);
    line("");
    line("## " + part);
    line("");
    line(schema.path("description").asText());
    line("");
    line(row("Field", "Type", "Default", "Meaning"));
    line(row("---", "---", "---", "---"));
    rows.forEach(this::line);
  }

  private static void rows(String path, JsonNode schema, List<String> rows) {
    schema.path("properties").properties().forEach(entry -> {
      JsonNode property = entry.getValue();
      String here = path + "." + entry.getKey();
      boolean required = StreamSupport.stream(schema.path("required").spliterator(), false)
          .anyMatch(name -> name.asText().equals(entry.getKey()));
      rows.add(row("`" + here + "`", type(property), property.has("default")
          ? "`" + property.path("default") + "`"
          : required ? "required" : "", property.path("description").asText()));
      rows(here, property, rows);
      rows(here + "[]", property.path("items"), rows);
    });
  }

  private static String type(JsonNode schema) {
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.path("enum").spliterator(), false).map(JsonNode::asText)
          .collect(Collectors.joining(", "));
    }
    String most = schema.has("maxItems") ? ", at most " + schema.path("maxItems") : "";
    return schema.path("format").asText().equals("date-time") ? "time" : schema.path("type").asText() + most;
  }

  private void collectRules(JsonNode schema) {
    schema.path("x-kubernetes-validations").forEach(rule -> rules.add(rule.path("message").asText()));
    schema.path("properties").forEach(this::collectRules);
    if (schema.has("items")) {
      collectRules(schema.path("items"));
    }
  }

  private void section(String title, String first, String second, List<String> rows) {
    line("");
    line("## " + title);
    line("");
    line(row(first, second));
    line(row("---", "---"));
    rows.forEach(this::line);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells).replace("<", "&lt;") + " |";
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
