/// The numbers of the report.
@NullMarked
package dev.serin.bench.report;

import org.jspecify.annotations.NullMarked;
