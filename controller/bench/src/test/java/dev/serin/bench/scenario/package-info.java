/// The scenarios against the rates that they promise.
@NullMarked
package dev.serin.bench.scenario;

import org.jspecify.annotations.NullMarked;
