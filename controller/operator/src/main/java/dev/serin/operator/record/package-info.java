/// What Serin itself keeps in the API: the machine's memory in a Rollout's status, the evidence in an Analysis.
///
/// Everything is written by compare-and-swap on what was read. What somebody damaged is read as less exposure, or as
/// nothing, never as more.
@NullMarked
package dev.serin.operator.record;

import org.jspecify.annotations.NullMarked;
