/// Tests of the benchmark of signatures.
@NullMarked
package dev.serin.bench.signature;

import org.jspecify.annotations.NullMarked;
