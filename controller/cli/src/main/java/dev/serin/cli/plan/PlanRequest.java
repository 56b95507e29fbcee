package dev.serin.cli.plan;

import dev.serin.plan.Fault;
import dev.serin.plan.PlannedStep;
import dev.serin.plan.Service;
import dev.serin.plan.Terms;
import dev.serin.plan.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is to be planned.
///
/// @param steps
///          the steps to look at; empty if they are to be proposed
/// @param within
///          time limit of the proposal
/// @param candidates
///          weights of the proposal
/// @param faults
///          at least one; the first is the one that must be found
record PlanRequest(Service service, Terms terms, List<PlannedStep> steps, Optional<Duration> within,
    List<Weight> candidates, List<Fault> faults) {}
