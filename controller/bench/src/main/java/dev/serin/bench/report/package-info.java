/// Turns outcomes into tables and plots.
@NullMarked
package dev.serin.bench.report;

import org.jspecify.annotations.NullMarked;
