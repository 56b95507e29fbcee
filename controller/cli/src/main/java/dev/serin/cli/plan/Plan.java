package dev.serin.cli.plan;

import dev.serin.plan.Planner;
import dev.serin.plan.Proposal;
import dev.serin.plan.StepForecast;
import dev.serin.plan.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The answer to a request.
///
/// @param proposal
///          the steps that were searched, if they were
/// @param steps
///          what each step can do
/// @param refusals
///          why the plan cannot work; empty if it can
record Plan(PlanRequest request, Optional<Proposal> proposal, List<StepForecast> steps, List<String> refusals) {

  static Plan of(PlanRequest request) {
    Planner planner = new Planner(request.service(), request.terms());
    if (request.within().isEmpty()) {
      List<StepForecast> steps = planner.forecast(request.steps(), request.faults());
      return new Plan(request, Optional.empty(), steps, steps.stream().flatMap(step -> step.refusal().stream())
          .toList());
    }
    Optional<Proposal> proposal = planner.propose(request.faults().getFirst(), request.candidates(),
        request.within().get());
    List<StepForecast> steps = planner.forecast(proposal.map(Proposal::steps).orElse(List.of()), request.faults());
    return new Plan(request, proposal, steps,
        Stream.concat(proposal.isEmpty() ? Stream.of(impossible(planner, request)) : Stream.empty(),
            steps.stream().flatMap(step -> step.refusal().stream())).toList());
  }

  private static String impossible(Planner planner, PlanRequest request) {
    var largest = request.candidates().stream().max(Comparator.naturalOrder()).orElseThrow();
    var forecast = planner.forecast(largest, request.faults().getFirst());
    return "No steps within " + Times.text(request.within().orElseThrow()) + " can find "
        + forecast.fault().name() + " and let a good version pass: even at " + largest + " it is found after "
        + forecast.time().map(Times::text).orElse("more than a year") + ", and a good version passes after "
        + Times.text(planner.advancing(largest).unsuspected()) + ". Allow more time or larger weights.";
  }
}
