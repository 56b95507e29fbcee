/// Whether the canary is slower, from histograms of latency.
@NullMarked
package dev.serin.stats.latency;

import org.jspecify.annotations.NullMarked;
