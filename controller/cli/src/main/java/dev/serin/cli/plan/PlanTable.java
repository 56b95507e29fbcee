package dev.serin.cli.plan;

import dev.serin.plan.Fault;
import dev.serin.plan.Forecast;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.Service;
import dev.serin.plan.StepForecast;
import dev.serin.plan.Terms;
import dev.serin.plan.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A plan for people: a table, and sentences about each step.
final class PlanTable {

  private static final String HEAD = "%-6s%-10s%10s  %11s  %13s  %6s  %11s  %6s  %15s";

  private PlanTable() {}

  static String text(Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(premises(plan.request()));
    plan.proposal().ifPresent(proposal -> {
      lines.add("");
      lines.add("Proposed: a good version typically takes " + Times.text(proposal.time()) + ", "
          + fault(plan.request().service(), plan.request().faults().getFirst()) + " are typically found after "
          + Times.text(proposal.found()) + ", when " + requests(proposal.harm()) + " failed because of it.");
      lines.add("steps:");
      proposal.steps().forEach(step -> lines.add(yaml(step)));
    });
    if (!plan.steps().isEmpty()) {
      lines.add("");
      lines.addAll(table(plan));
      lines.add("");
      for (int i = 0; i < plan.steps().size(); i++) {
        lines.add(sentence(i + 1, plan.steps().get(i), plan.request().service()));
      }
    }
    if (!plan.refusals().isEmpty()) {
      lines.add("");
      lines.addAll(plan.refusals());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String premises(PlanRequest request) {
    Service service = request.service();
    Terms terms = request.terms();
    String premises = "%s requests/min, %s of stable's requests fail. At most %s of good versions are ever rolled back."
        .formatted(whole(service.requestsPerMinute()), Shares.percent(service.errorRate()),
            Shares.percent(terms.alpha()));
    return terms.warmup().isZero()
        ? premises
        : premises + " The first " + Times.text(terms.warmup())
            + " of a canary pod's life is left out, and is in all times.";
  }

  private static List<String> table(Plan plan) {
    Fault target = plan.request().faults().getFirst();
    List<String> lines = new ArrayList<>();
    lines.add(HEAD.formatted("STEP", "WEIGHT", "CANARY/MIN", "GOOD PASSES", "NOT 2x PROVEN", "SEES",
        "FAULT FOUND", "HARM", "IF AN HOUR LATE").stripTrailing());
    for (int i = 0; i < plan.steps().size(); i++) {
      StepForecast step = plan.steps().get(i);
      Forecast forecast = step.faults().getFirst();
      lines.add(HEAD.formatted(i + 1, step.step().weight(), whole(step.canaryRequestsPerMinute()),
          Times.text(longer(step.advancing().unsuspected(), step.step().minDuration())),
          time(step.advancing().proven()), sees(step, target), time(forecast.time()), count(forecast.harm()),
          time(forecast.lateTime())).stripTrailing());
    }
    return lines;
  }

  private static String sentence(int number, StepForecast step, Service service) {
    StringBuilder text = new StringBuilder("Step " + number + " (" + step.step().weight() + "): a good version "
        + "typically passes after " + Times.text(longer(step.advancing().unsuspected(), step.step().minDuration()))
        + ".");
    for (Forecast forecast : step.faults()) {
      text.append("\n  ").append(capital(fault(service, forecast.fault()))).append(": ").append(forecast.time()
          .map(time -> "typically found after " + Times.text(time) + ", when " + requests(forecast.harm())
              + " failed because of it")
          .orElse("not found")).append('.');
    }
    String most = Times.text(step.step().maxDuration());
    text.append("\n  Within ").append(most).append(" it sees ");
    text.append(step.detectable().isPresent()
        ? "errors from " + times(step.detectable().getAsDouble(), service.errorRate()) + " on"
        : "only total failure");
    text.append(step.novel().isPresent()
        ? ", and a signature never seen from " + Shares.percent(step.novel().getAsDouble()) + " of the requests on."
        : ".");
    return text.toString();
  }

  /// `errors 5 times as frequent (0.5% of the requests)`.
  static String fault(Service service, Fault fault) {
    String rate = Shares.percent(fault.faulty()) + " of the requests";
    if (fault.novel()) {
      return fault.name() + ", in " + rate;
    }
    return (fault.usual() == service.errorRate() && !service.signatures().containsKey(fault.name())
        ? "errors"
        : "\"" + fault.name() + "\"") + " " + factor(fault.faulty() / fault.usual()) + " times as frequent (" + rate
        + ")";
  }

  private static String sees(StepForecast step, Fault target) {
    OptionalDouble least = step.detectable();
    return least.isEmpty()
        ? "-"
        : target.novel() ? Shares.percent(least.getAsDouble()) : factor(least.getAsDouble() / target.usual()) + "x";
  }

  private static String times(double rate, double usual) {
    return usual > 0
        ? factor(rate / usual) + " times their usual rate (" + Shares.percent(rate) + ")"
        : Shares.percent(rate) + " of the requests";
  }

  private static String yaml(PlannedStep step) {
    return "- {weight: " + step.weight() + ", minDuration: " + minutes(step.minDuration()) + ", maxDuration: "
        + minutes(step.maxDuration()) + "}";
  }

  /// As a Rollout writes it, which knows no days.
  private static String minutes(Duration time) {
    return dev.serin.api.v1alpha1.DurationText.format(time);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static String time(Optional<Duration> time) {
    return time.map(Times::text).orElse("never");
  }

  private static String requests(double count) {
    return count(count) + (Math.round(count) == 1 ? " request" : " requests");
  }

  private static String count(double count) {
    return Double.isInfinite(count) ? "-" : whole(count);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, number < 10 && number != Math.rint(number) ? "%.1f" : "%,.0f", number);
  }

  private static String factor(double factor) {
    return String.format(Locale.ROOT, factor >= 10 || factor == Math.rint(factor) ? "%,.0f" : "%.1f", factor);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
