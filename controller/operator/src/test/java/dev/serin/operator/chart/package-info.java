/// The chart: what it renders, what it refuses, and what it does on a real API server.
@NullMarked
package dev.serin.operator.chart;

import org.jspecify.annotations.NullMarked;
