/// Runs of the scenarios through the judge and the other rules, many at a time.
@NullMarked
package dev.serin.bench.run;

import org.jspecify.annotations.NullMarked;
