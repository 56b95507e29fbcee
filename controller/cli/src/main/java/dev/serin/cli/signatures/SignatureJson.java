package dev.serin.cli.signatures;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.serin.cli.input.Printable;
import dev.serin.cli.signatures.Comparison.Line;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/// Signatures for programs: one JSON object in ASCII. Rates are per one record or request; a ratio to nothing is null.
final class SignatureJson {

  private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private SignatureJson() {}

  static String text(Report report) {
    return object(json -> {
      json.writeArrayFieldStart("inputs");
      for (LogInput input : report.inputs()) {
        json.writeString(input.name());
      }
      json.writeEndArray();
      json.writeNumberField("lines", report.lines());
      arm(json, report.tally().arm(0));
      json.writeArrayFieldStart("signatures");
      for (Tally.Row row : report.rows()) {
        json.writeStartObject();
        signature(json, row);
        json.writeNumberField("count", row.total());
        json.writeStringField("first", report.text(row.first()));
        json.writeStringField("last", report.text(row.last()));
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  static String text(Report report, Comparison comparison) {
    return object(json -> {
      json.writeNumberField("lines", report.lines());
      json.writeStringField("exposure", lower(comparison.exposure()));
      for (int arm : new int[]{Comparison.CANARY, Comparison.STABLE}) {
        json.writeObjectFieldStart(arm == Comparison.CANARY ? "canary" : "stable");
        json.writeStringField("input", report.inputs().get(arm).name());
        arm(json, report.tally().arm(arm));
        json.writeEndObject();
      }
      json.writeArrayFieldStart("signatures");
      for (Line line : comparison.rows()) {
        json.writeStartObject();
        json.writeStringField("change", lower(line.change()));
        if (!line.before().equals(line.row().id())) {
          json.writeStringField("before", line.before().value());
        }
        signature(json, line.row());
        json.writeStringField("first", report.text(line.row().first()));
        json.writeStringField("last", report.text(line.row().last()));
        json.writeNumberField("canaryCount", line.row().count(Comparison.CANARY));
        json.writeNumberField("stableCount", line.row().count(Comparison.STABLE));
        interval(json, "canaryRate", line.canary());
        interval(json, "stableRate", line.stable());
        interval(json, "ratio", line.ratio());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  private static void arm(JsonGenerator json, Tally.Arm arm) throws IOException {
    json.writeNumberField("records", arm.records());
    json.writeNumberField("requests", arm.requests());
    json.writeNumberField("split", arm.split());
    json.writeNumberField("truncated", arm.truncated());
  }

  private static void signature(JsonGenerator json, Tally.Row row) throws IOException {
    json.writeStringField("id", row.id().value());
    json.writeStringField("family", lower(row.signature().family()));
    json.writeArrayFieldStart("levels");
    for (String level : row.signature().levels()) {
      json.writeString(Printable.text(level));
    }
    json.writeEndArray();
    json.writeStringField("template", Printable.text(row.template()));
    json.writeStringField("sample", Printable.text(row.sample()));
    json.writeNumberField("names", row.members());
  }

  private static void interval(JsonGenerator json, String name, Interval interval) throws IOException {
    json.writeObjectFieldStart(name);
    number(json, "estimate", interval.estimate());
    number(json, "low", interval.low());
    number(json, "high", interval.high());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
