/// What is known of the ratio of two rates at every moment: an interval, and evidence that it is below a margin.
@NullMarked
package dev.serin.stats.interval;

import org.jspecify.annotations.NullMarked;
