package dev.serin.cli.judge;

import dev.serin.judge.Verdict;
import org.jspecify.annotations.Nullable;

/// What there is to say about a run after one of its windows.
///
/// @param window
///          the window
/// @param verdict
///          what the judge said
/// @param sentence
///          the same in words
/// @param strength
///          the evidence after the window
/// @param firstAdvance
///          the first window that allowed advancing; null if there was none
record RunReport(String run, long window, Verdict verdict, String sentence, Verdict.Strength strength,
    @Nullable Long firstAdvance) {}
