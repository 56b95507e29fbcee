package dev.serin.cli.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serin.api.v1alpha1.DurationText;
import dev.serin.plan.Forecast;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.StepForecast;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A plan for programs: one JSON object. Times are in seconds, rates are shares of requests, what never comes is null.
final class PlanJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private PlanJson() {}

  static String text(Plan plan) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      write(json, plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Plan plan) throws IOException {
    json.writeStartObject();
    json.writeNumberField("requestsPerMinute", plan.request().service().requestsPerMinute());
    json.writeNumberField("errorRate", plan.request().service().errorRate());
    json.writeNumberField("alpha", plan.request().terms().alpha());
    seconds(json, "warmup", Optional.of(plan.request().terms().warmup()));
    if (plan.proposal().isPresent()) {
      var proposal = plan.proposal().get();
      json.writeObjectFieldStart("proposal");
      seconds(json, "time", Optional.of(proposal.time()));
      seconds(json, "found", Optional.of(proposal.found()));
      json.writeNumberField("harm", proposal.harm());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("steps");
    for (StepForecast step : plan.steps()) {
      write(json, step);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("refusals");
    for (String refusal : plan.refusals()) {
      json.writeString(refusal);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, StepForecast step) throws IOException {
    json.writeStartObject();
    PlannedStep planned = step.step();
    json.writeStringField("weight", planned.weight().toString());
    json.writeStringField("minDuration", DurationText.format(planned.minDuration()));
    json.writeStringField("maxDuration", DurationText.format(planned.maxDuration()));
    json.writeNumberField("canaryRequestsPerMinute", step.canaryRequestsPerMinute());
    number(json, "detectableErrorRate", step.detectable());
    number(json, "detectableNovelRate", step.novel());
    json.writeObjectFieldStart("goodVersion");
    seconds(json, "passes", Optional.of(step.advancing().unsuspected()));
    seconds(json, "proven", step.advancing().proven());
    seconds(json, "provenIn19Of20", step.advancing().provenMostly());
    json.writeEndObject();
    json.writeArrayFieldStart("faults");
    for (Forecast forecast : step.faults()) {
      write(json, forecast);
    }
    json.writeEndArray();
    text(json, "refusal", step.refusal().orElse(null));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Forecast forecast) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", forecast.fault().name());
    json.writeNumberField("usualRate", forecast.fault().usual());
    json.writeNumberField("faultyRate", forecast.fault().faulty());
    seconds(json, "found", forecast.time());
    seconds(json, "foundIfAnHourLate", forecast.lateTime());
    number(json, "canaryRequests", finite(forecast.canaryRequests()));
    number(json, "harm", finite(forecast.harm()));
    json.writeNumberField("boundCanaryRequests", forecast.boundRequests());
    json.writeEndObject();
  }

  private static OptionalDouble finite(double value) {
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static void seconds(JsonGenerator json, String name, Optional<Duration> time) throws IOException {
    json.writeFieldName(name);
    if (time.isPresent()) {
      json.writeNumber(time.get().toSeconds());
    } else {
      json.writeNull();
    }
  }

  private static void number(JsonGenerator json, String name, OptionalDouble value) throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeNumber(value.getAsDouble());
    } else {
      json.writeNull();
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}
