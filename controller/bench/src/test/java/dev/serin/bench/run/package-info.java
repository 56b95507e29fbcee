/// The simulation itself, and a reduced benchmark.
@NullMarked
package dev.serin.bench.run;

import org.jspecify.annotations.NullMarked;
