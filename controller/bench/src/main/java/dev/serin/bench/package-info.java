/// The command line of the benchmark.
@NullMarked
package dev.serin.bench;

import org.jspecify.annotations.NullMarked;
