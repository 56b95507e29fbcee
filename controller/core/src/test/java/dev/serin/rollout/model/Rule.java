package dev.serin.rollout.model;

import java.util.function.BiPredicate;

/// An invariant over one move.
///
/// @param name
///          its number in the list of invariants, and what it says
/// @param holds
///          whether the move from this world keeps it
record Rule(String name, BiPredicate<World, Move> holds) {}
