/// Seeded chance: the distributions that the scenarios are made of.
@NullMarked
package dev.serin.bench.draw;

import org.jspecify.annotations.NullMarked;
