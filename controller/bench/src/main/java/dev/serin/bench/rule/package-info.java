/// The rules of other tools, and of textbooks, for the same question: written from their papers and documentation, faults
/// included, to be measured beside the judge.
@NullMarked
package dev.serin.bench.rule;

import org.jspecify.annotations.NullMarked;
