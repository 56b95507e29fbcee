/// Anytime-valid evidence from counts: the formulas of the judge. Logarithms are natural, evidence is in nats, and
/// every result has the same bits on every machine.
@NullMarked
package dev.serin.stats;

import org.jspecify.annotations.NullMarked;
