/// How soon any test with the same error promise could know: the measure for the judge, and the base of the plan.
@NullMarked
package dev.serin.stats.bound;

import org.jspecify.annotations.NullMarked;
