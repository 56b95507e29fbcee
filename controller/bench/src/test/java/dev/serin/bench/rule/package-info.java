/// The rules against the numbers that their tools and papers publish.
@NullMarked
package dev.serin.bench.rule;

import org.jspecify.annotations.NullMarked;
