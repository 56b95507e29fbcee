/// Simulated fleets: good versions that must not be rolled back, and bad ones that must.
@NullMarked
package dev.serin.bench.scenario;

import org.jspecify.annotations.NullMarked;
