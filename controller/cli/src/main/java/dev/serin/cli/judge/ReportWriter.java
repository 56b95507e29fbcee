package dev.serin.cli.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serin.judge.Verdict;
import dev.serin.operator.record.Rulings;
import dev.serin.signature.SignatureId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Writes a report as one line of JSON.
final class ReportWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ReportWriter() {}

  /// The line, without its end.
  static String line(RunReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, RunReport report) throws IOException {
    Verdict verdict = report.verdict();
    json.writeStartObject();
    json.writeStringField("run", report.run());
    json.writeNumberField("window", report.window());
    json.writeStringField("verdict", Rulings.type(verdict).wireName());
    json.writeStringField("code", Rulings.reason(verdict).name());
    json.writeStringField("reason", report.sentence());
    json.writeArrayFieldStart("blamed");
    if (verdict instanceof Verdict.RollBack rollBack) {
      for (SignatureId blamed : rollBack.blamed()) {
        json.writeString(blamed.value());
      }
    }
    json.writeEndArray();
    json.writeNumberField("logG", report.strength().logG());
    json.writeNumberField("logGwin", report.strength().logGwin());
    Verdict.Ratio ratio = report.strength().ratio();
    json.writeObjectFieldStart("ratio");
    number(json, "estimate", ratio.estimate());
    number(json, "low", ratio.low());
    number(json, "high", ratio.high());
    json.writeEndObject();
    json.writeBooleanField("modelSuspect", report.strength().modelSuspect());
    if (report.firstAdvance() != null) {
      json.writeNumberField("firstAdvance", report.firstAdvance());
    }
    json.writeEndObject();
  }

  /// JSON has no infinity: it is written as null.
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isInfinite(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
