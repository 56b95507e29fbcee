package dev.serin.judge;

/// What one window led to.
///
/// @param evidence
///          the evidence with the window folded in, to be recorded before anything is done
/// @param verdict
///          what it says
public record Judgement(Evidence evidence, Verdict verdict) {}
